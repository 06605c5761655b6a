import type { Subject } from './understood';

const raw = 'https://raw.githubusercontent.com';

/** Whether a name of a branch, a tag or a commit is a commit: nothing else can be written under it. */
export const isCommit = (ref: string): boolean => /^[0-9a-f]{40}$/.test(ref);

/**
 * What an address of GitHub names: files come from `raw.githubusercontent.com`, which lets pages of other sites read them. Null where it is
 * an address of GitHub that names no file, folder, release, package or gist. Of a branch with a slash in its name the first part is taken.
 */
export function readGitHub(url: URL): Subject | null {
	const parts = url.pathname.split('/').filter(Boolean);
	if (url.hostname === 'gist.github.com') return readGist(parts, url.hash);
	const [owner, name, kind, ...rest] = parts;
	if (owner === undefined || name === undefined) return null;
	const repository = name.replace(/\.git$/, '');
	const folder = { kind: 'github', owner, repository } as const;
	switch (kind) {
		case undefined:
			return { ...folder, ref: null, path: '' };
		case 'blob':
		case 'raw':
		case 'blame': {
			const { ref, path } = refOf(rest);
			return path === '' ? null : { kind: 'url', url: `${raw}/${owner}/${repository}/${ref}/${path}` };
		}
		case 'tree': {
			const { ref, path } = refOf(rest);
			return ref === '' ? null : { ...folder, ref: decoded(ref), path: decoded(path) };
		}
		case 'releases':
			return readRelease(owner, repository, rest);
		case 'pkgs': {
			const [type, image] = rest;
			if (type !== 'container' || image === undefined) return null;
			const reference = {
				registry: 'ghcr.io',
				repository: `${owner}/${decoded(image)}`.toLowerCase(),
				tag: url.searchParams.get('tag') ?? 'latest',
				digest: null,
			};
			return { kind: 'oci', reference };
		}
		default:
			return null;
	}
}

/** `refs/heads/x` and `refs/tags/x` are written as they are: the host of the files takes them too. */
function refOf(parts: readonly string[]): { readonly ref: string; readonly path: string } {
	const length = parts[0] === 'refs' ? 3 : 1;
	return { ref: parts.slice(0, length).join('/'), path: parts.slice(length).join('/') };
}

function readRelease(owner: string, repository: string, rest: readonly string[]): Subject | null {
	const [kind, ...parts] = rest;
	const release = { kind: 'release', owner, repository } as const;
	switch (kind) {
		case undefined:
			return { ...release, tag: null, file: null };
		case 'latest': {
			const [verb, file] = parts;
			return {
				...release,
				tag: null,
				file: verb === 'download' && file !== undefined ? decoded(file) : null,
			};
		}
		case 'tag':
			return parts.length > 0 ? { ...release, tag: decoded(parts.join('/')), file: null } : null;
		case 'download': {
			const file = parts.at(-1);
			const tag = parts.slice(0, -1).join('/');
			return file !== undefined && tag !== '' ? { ...release, tag: decoded(tag), file: decoded(file) } : null;
		}
		default:
			return null;
	}
}

function readGist(parts: readonly string[], hash: string): Subject | null {
	const at = parts.findIndex((part) => /^[0-9a-f]{20,}$/.test(part));
	const id = parts[at];
	if (id === undefined) return null;
	const owner = parts[at - 1];
	const [verb, ...rest] = parts.slice(at + 1);
	if (verb === 'raw' && owner !== undefined)
		return { kind: 'url', url: `https://gist.githubusercontent.com/${owner}/${id}/raw/${rest.join('/')}` };
	const [, file = null] = /^#file-([\w.-]+)$/.exec(hash) ?? [];
	return { kind: 'gist', id, file };
}

/** Percent signs undone; a text that is none stays as it is. */
export function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
