import { isList } from '../../core/is-list';
import {
	directoryOrigin,
	hostsOfRegistry,
	printOciReference,
	readOciReference,
	type OciReference,
	type Subject,
} from '../../core/address';
import { isDigest } from '../../core/artifact';
import { err, ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';
import type { PullOptions } from '../oci/pull';
import { askJson, textIn } from './ask-json';
import { packagesIn, type DirectoryPackage } from './search-directory';

type Package = Extract<Subject, { kind: 'package' }>;

/** The artifact that a package's WIT name stands for. A registry that was not shown is offered instead, to be shown first. */
export async function referenceOfPackage(
	wanted: Package,
	options: PullOptions,
): Promise<Result<OciReference, FetchProblem>> {
	const reference = await (wanted.registry === null
		? byDirectory(wanted, options)
		: byRegistry(wanted, wanted.registry, options));
	if (!reference.ok) return reference;
	const hosts = hostsOfRegistry(reference.value, options.mirrors);
	if (hosts.every(({ origin }) => options.shown.includes(origin))) return reference;
	const named = printOciReference(reference.value);
	return err({
		message: `${wanted.namespace}:${wanted.name} is the artifact ${named}. Its registry was not shown before, so it was not asked.`,
		choices: [{ label: named, address: `oci://${named}`, size: null }],
	});
}

async function byDirectory(
	wanted: Package,
	options: PullOptions,
): Promise<Result<OciReference, FetchProblem>> {
	const { namespace, name, version } = wanted;
	const found = await findPackage(wanted, options);
	if (!found.ok) return found;
	const { registry, repository } = found.value;
	const path = [registry, ...repository.split('/')].map(encodeURIComponent).join('/');
	const detail = await askJson(
		`${directoryOrigin}/v1/packages/detail/${path}`,
		`package ${namespace}:${name}`,
		options,
	);
	if (!detail.ok) return detail;
	const versions = versionsIn(detail.value);
	const chosen =
		version === null
			? newest(versions)
			: versions.find(({ tag }) => tag === version || tag === `v${version}`);
	if (!chosen) {
		const tags = versions
			.map(({ tag }) => tag)
			.slice(0, 20)
			.join(', ');
		return err({
			message: `wasm.directory knows no version ${version ?? 'with a number'} of ${namespace}:${name}${tags === '' ? '' : `, but ${tags}`}.`,
		});
	}
	const read = readOciReference(`${registry}/${repository}:${chosen.tag}@${chosen.digest}`);
	return read.ok
		? read
		: err({ message: `What wasm.directory says of ${namespace}:${name} is no reference. ${read.error}` });
}

async function findPackage(
	{ namespace, name }: Package,
	options: PullOptions,
): Promise<Result<DirectoryPackage, FetchProblem>> {
	// Repositories' paths mostly have the namespace in them; where not, the name alone finds it.
	for (const query of [`${namespace}/${name}`, name]) {
		const url = `${directoryOrigin}/v1/search?q=${encodeURIComponent(query)}&offset=0&limit=100`;
		const listed = await askJson(url, `package ${namespace}:${name}`, options);
		if (!listed.ok) return listed;
		const found = packagesIn(listed.value).find(({ wit }) => wit === `${namespace}:${name}`);
		if (found?.kind === 'interface')
			return err({ message: `${namespace}:${name} is a package of interfaces, not a component.` });
		if (found) return ok(found);
	}
	return err({
		message: `wasm.directory knows no package ${namespace}:${name}. Where you know its registry, give that: oci://host/repository:tag.`,
	});
}

async function byRegistry(
	{ namespace, name, version }: Package,
	registry: string,
	options: PullOptions,
): Promise<Result<OciReference, FetchProblem>> {
	const url = URL.parse(`https://${registry}/.well-known/wasm-pkg/registry.json`);
	if (!url) return err({ message: `${registry} is no host of a registry.` });
	const known = await askJson(url.href, 'registry of WebAssembly packages', options);
	if (!known.ok) return known;
	const oci: unknown =
		typeof known.value === 'object' && known.value !== null && 'oci' in known.value ? known.value.oci : null;
	const host = textIn(oci, 'registry') ?? textIn(known.value, 'ociRegistry');
	const prefix = textIn(oci, 'namespacePrefix') ?? textIn(known.value, 'ociNamespacePrefix') ?? '';
	if (host === null) return err({ message: `${registry} keeps its packages in no OCI registry.` });
	const read = readOciReference(
		`${host}/${prefix}${namespace}/${name}${version === null ? '' : `:${version}`}`,
	);
	return read.ok
		? read
		: err({ message: `What ${registry} says of its packages is no reference. ${read.error}` });
}

interface Version {
	readonly tag: string;
	readonly digest: string;
}

function versionsIn(detail: unknown): readonly Version[] {
	const versions: unknown =
		typeof detail === 'object' && detail !== null && 'versions' in detail ? detail.versions : null;
	return (isList(versions) ? versions : []).flatMap((version) => {
		const [tag, digest] = [textIn(version, 'tag'), textIn(version, 'digest')];
		return tag !== null && isDigest(digest) ? [{ tag, digest }] : [];
	});
}

/** The newest version by its number; one that is ready before one that is not. */
function newest(versions: readonly Version[]): Version | undefined {
	const numbered = versions.filter(({ tag }) => /^v?\d+\.\d+\.\d+/.test(tag));
	const ready = numbered.filter(({ tag }) => !tag.includes('-'));
	const bare = (tag: string) => tag.replace(/^v/, '');
	return (ready.length > 0 ? ready : numbered).toSorted((one, other) =>
		bare(other.tag).localeCompare(bare(one.tag), 'en', { numeric: true }),
	)[0];
}
