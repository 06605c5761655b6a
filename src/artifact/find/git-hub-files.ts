import { gitHubOrigins, type Subject } from '../../core/address';
import { err, ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';
import type { PullOptions } from '../oci/pull';
import { askJson, numberIn, textIn } from './ask-json';
import { chooseFile } from './choose-file';

const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** The address of the one component in a folder of a repository; folders are offered where it has no component of its own. */
export async function findInFolder(
	{ owner, repository, ref, path }: Extract<Subject, { kind: 'github' }>,
	options: PullOptions,
): Promise<Result<string, FetchProblem>> {
	const repo = `${owner}/${repository}`;
	const where = path === '' ? repo : `the folder ${path} of ${repo}`;
	const query = ref === null ? '' : `?ref=${encodeURIComponent(ref)}`;
	const listed = await askJson(
		`${gitHubOrigins.api}/repos/${repo}/contents/${encoded(path)}${query}`,
		where,
		options,
	);
	if (!listed.ok) return listed;
	const entries: readonly unknown[] = Array.isArray(listed.value) ? listed.value : [listed.value];
	const address = (kind: string, name: string) =>
		`https://github.com/${repo}/${kind}/${encoded(ref ?? 'HEAD')}/${encoded([path, name].filter(Boolean).join('/'))}`;
	const named = (type: string) =>
		entries
			.filter((entry) => textIn(entry, 'type') === type)
			.map((entry) => ({ name: textIn(entry, 'name') ?? '', size: numberIn(entry, 'size') }));
	const file = chooseFile(named('file'), where, ({ name }) => address('blob', name));
	if (file.ok) {
		const inside = [path, file.value.name].filter(Boolean).join('/');
		return ok(`${gitHubOrigins.files}/${repo}/${encoded(ref ?? 'HEAD')}/${encoded(inside)}`);
	}
	const folders = named('dir');
	if (file.error.choices || folders.length === 0) return file;
	return err({
		message: `There is no component (.wasm or .wat) in ${where} itself. These are its folders.`,
		choices: folders
			.slice(0, 100)
			.map(({ name }) => ({ label: `${name}/`, address: address('tree', name), size: null })),
	});
}

/** The address of the one component in a gist, or of the file that is named as its page names it. */
export async function findInGist(
	{ id, file }: Extract<Subject, { kind: 'gist' }>,
	options: PullOptions,
): Promise<Result<string, FetchProblem>> {
	const gist = await askJson(`${gitHubOrigins.api}/gists/${id}`, `gist ${id}`, options);
	if (!gist.ok) return gist;
	const listed: unknown =
		typeof gist.value === 'object' && gist.value !== null && 'files' in gist.value ? gist.value.files : null;
	const files = Object.values(typeof listed === 'object' && listed !== null ? listed : {}).map(
		(entry: unknown) => ({
			name: textIn(entry, 'filename') ?? '',
			size: numberIn(entry, 'size'),
			address: textIn(entry, 'raw_url') ?? '',
		}),
	);
	const anchor = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-');
	const wanted = file === null ? files : files.filter(({ name }) => anchor(name) === anchor(file));
	const chosen = chooseFile(wanted, `the gist ${id}`, ({ address }) => address);
	return chosen.ok ? ok(chosen.value.address) : chosen;
}
