import { isList } from '../../core/is-list';
import { itemAt } from '../../core/item-at';
import { isExactVersion, npmOrigins, type Subject } from '../../core/address';
import { readBase64 } from '../../core/base64';
import { err, ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';
import type { PullOptions } from '../oci/pull';
import { askJson, numberIn, textIn } from './ask-json';
import { chooseFile, type ListedFile } from './choose-file';
import { fetchFile, type Fetched } from './fetch-file';

interface NpmFile extends ListedFile {
	/** In hex; null where it is not listed. */
	readonly sha256: string | null;
}

/** A file of an npm package: its exact version and its digest are asked first; then jsDelivr, and where that has it not, unpkg. */
export async function fetchFromNpm(
	{ name, version, path }: Extract<Subject, { kind: 'npm' }>,
	options: PullOptions,
): Fetched {
	const exact = await exactVersion(name, version, options);
	if (!exact.ok) return exact;
	const called = `${name}@${exact.value}`;
	const listed = await askJson(
		`${npmOrigins.list}/v1/packages/npm/${called}?structure=flat`,
		`npm package ${called}`,
		options,
	);
	if (!listed.ok) return listed;
	const files = filesOf(listed.value);
	const named = path === null ? files : files.filter((file) => file.name === path);
	if (path !== null && named.length === 0)
		return err({
			message: `The npm package ${called} has no file ${path}. Leave the path out to choose from its components.`,
		});
	const chosen =
		path === null
			? chooseFile(files, `the npm package ${called}`, (file) => `npm:${called}/${file.name}`)
			: ok(itemAt(named, 0));
	if (!chosen.ok) return chosen;
	const file = chosen.value.name.split('/').map(encodeURIComponent).join('/');
	const sha256 = chosen.value.sha256 ?? undefined;
	const first = await fetchFile(`${npmOrigins.files}/npm/${called}/${file}`, options, sha256);
	if (first.ok || first.error.cause === 'stopped' || first.error.cause === 'too-large') return first;
	const other = await fetchFile(`${npmOrigins.other}/${called}/${file}`, options, sha256);
	return other.ok ? other : first;
}

async function exactVersion(
	name: string,
	version: string | null,
	options: PullOptions,
): Promise<Result<string, FetchProblem>> {
	if (version !== null && isExactVersion(version)) return ok(version);
	const wanted = version ?? 'latest';
	const resolved = await askJson(
		`${npmOrigins.list}/v1/packages/npm/${name}/resolved?specifier=${encodeURIComponent(wanted)}`,
		`npm package ${name}`,
		options,
	);
	if (!resolved.ok) return resolved;
	const found = textIn(resolved.value, 'version');
	return found !== null && isExactVersion(found)
		? ok(found)
		: err({ message: `The npm package ${name} has no version ${wanted}.` });
}

function filesOf(value: unknown): readonly NpmFile[] {
	const files: unknown = typeof value === 'object' && value !== null && 'files' in value ? value.files : null;
	return (isList(files) ? files : []).flatMap((file) => {
		const name = textIn(file, 'name');
		if (name === null) return [];
		const digest = fromBase64Digest(textIn(file, 'hash'));
		return [{ name: name.replace(/^\//, ''), size: numberIn(file, 'size'), sha256: digest }];
	});
}

/** A SHA-256 in base64 as hex; null where it is none. */
function fromBase64Digest(text: string | null): string | null {
	if (text === null || !/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
	return Array.from(readBase64(text) ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
}
