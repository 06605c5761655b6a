import { isCommit } from './github';
import { isExactVersion } from './npm-package';
import { hostsOfRegistry } from './registries';
import type { AskedHost, Subject, Understood } from './understood';

/** Registries that a mirror stands in for, by host, each with the mirror's origin. */
export type Mirrors = Readonly<Record<string, string>>;

/** The origin of the directory of packages. */
export const directoryOrigin = 'https://api.wasm.directory';
/** Where npm packages are listed, and where their files are; the second stands in for the first's. */
export const npmOrigins = {
	list: 'https://data.jsdelivr.com',
	files: 'https://cdn.jsdelivr.net',
	other: 'https://unpkg.com',
} as const;
/** Where GitHub says what is in repositories, releases and gists, where files of repositories and of gists are, and those of releases. */
export const gitHubOrigins = {
	api: 'https://api.github.com',
	files: 'https://raw.githubusercontent.com',
	gists: 'https://gist.githubusercontent.com',
	releases: ['https://release-assets.githubusercontent.com', 'https://objects.githubusercontent.com'],
} as const;

const host = (origin: string, why: string): AskedHost => ({ origin, why });

/** What a subject is in words, which hosts are asked for it, and what holds its bytes to what is meant. */
export function describeSubject(subject: Subject, mirrors: Mirrors = {}): Understood {
	const nothing = { subject, pinned: null, hosts: [], note: null };
	switch (subject.kind) {
		case 'sample':
			return { ...nothing, words: `The sample ${subject.name} of this site.` };
		case 'scenario':
			return { ...nothing, words: 'A link to a scenario. What is in it is shown before it is opened.' };
		case 'oci':
			return describeReference(subject, mirrors);
		case 'url':
			return describeAddress(subject);
		case 'github':
			return {
				...nothing,
				words: `${subject.path === '' ? 'The repository' : `The folder ${subject.path} of`} ${subject.owner}/${subject.repository} on GitHub, ${subject.ref === null ? 'as it is now' : `at ${subject.ref}`}. Its components are listed to choose from.`,
				pinned: subject.ref !== null && isCommit(subject.ref) ? `By the commit ${subject.ref}.` : null,
				hosts: [
					host(gitHubOrigins.api, 'lists the files'),
					host(gitHubOrigins.files, 'has the files, and lets pages of other sites read them'),
				],
			};
		case 'release':
			return {
				...nothing,
				words: `${subject.file === null ? 'The files' : `The file ${subject.file}`} of ${subject.tag === null ? 'the newest release' : `the release ${subject.tag}`} of ${subject.owner}/${subject.repository} on GitHub.`,
				hosts: [
					host(gitHubOrigins.api, 'lists the files with their digests'),
					...gitHubOrigins.releases.map((origin) => host(origin, 'stores the files of releases')),
				],
				note: 'GitHub lets pages of other sites read what a release holds, but not always its files. Where it does not, you get the command, and the file that you drop is held to the digest.',
			};
		case 'gist':
			return {
				...nothing,
				words: `${subject.file === null ? 'The component' : `The file ${subject.file}`} in the gist ${subject.id}.`,
				hosts: [host(gitHubOrigins.api, 'lists the files'), host(gitHubOrigins.gists, 'has the files')],
			};
		case 'npm':
			return describeNpm(subject);
		case 'package':
			return describePackage(subject, mirrors);
	}
}

function describeReference(subject: Extract<Subject, { kind: 'oci' }>, mirrors: Mirrors): Understood {
	const { reference, layer } = subject;
	const { tag, digest, registry, repository } = reference;
	const called = tag === null ? '' : `, tag ${tag}`;
	return {
		subject,
		words: `${layer === undefined ? 'The artifact' : `The file ${layer} of the artifact`} ${repository}${called} in the registry ${registry}.`,
		pinned: digest === null ? null : `By the digest of its manifest, ${digest}.`,
		hosts: hostsOfRegistry(reference, mirrors),
		note: null,
	};
}

function describeAddress(subject: Extract<Subject, { kind: 'url' }>): Understood {
	const url = new URL(subject.url);
	const raw = url.origin === gitHubOrigins.files ? url.pathname.split('/').filter(Boolean) : [];
	const [owner, repository, ref, ...path] = raw;
	const isRaw = owner !== undefined && ref !== undefined && path.length > 0;
	return {
		subject,
		words: isRaw
			? `The file ${path.join('/')} of ${owner}/${repository} on GitHub, at ${ref}.`
			: `The file at ${url.host}${url.pathname}.`,
		pinned: isRaw && isCommit(ref) ? `By the commit ${ref}.` : null,
		hosts: [
			host(
				url.origin,
				isRaw ? 'has the files of GitHub, and lets pages of other sites read them' : 'has the file',
			),
		],
		note: null,
	};
}

function describeNpm(subject: Extract<Subject, { kind: 'npm' }>): Understood {
	const { name, version, path } = subject;
	const exact = version !== null && isExactVersion(version);
	return {
		subject,
		words: `${path === null ? 'A component' : `The file ${path}`} in the npm package ${name}, ${version === null ? 'its newest version' : `version ${version}`}.`,
		pinned: exact
			? `By the version ${version}, which npm lets nobody publish again, and the digest that jsDelivr lists.`
			: null,
		hosts: [
			host(npmOrigins.list, 'lists the files with their digests'),
			host(npmOrigins.files, 'has the files; it limits their size'),
			host(npmOrigins.other, 'has them too, where the first does not'),
		],
		note: null,
	};
}

function describePackage(subject: Extract<Subject, { kind: 'package' }>, mirrors: Mirrors): Understood {
	const { namespace, name, version, registry } = subject;
	const ghcr = hostsOfRegistry({ registry: 'ghcr.io' }, mirrors);
	return {
		subject,
		words: `The package ${namespace}:${name}${version === null ? ', its newest version' : `, version ${version}`}, ${registry === null ? 'by what wasm.directory says of it' : `by what ${registry} says of it`}.`,
		pinned: null,
		hosts: [
			registry === null
				? host(directoryOrigin, 'says which artifact it is, with its digest')
				: host(`https://${registry}`, 'says in which registry it is'),
			...ghcr.map(({ origin, why }) => host(origin, `${why}, if it is in ghcr.io`)),
		],
		note: 'Where it is in another registry, that one is named before it is asked.',
	};
}
