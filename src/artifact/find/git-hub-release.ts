import { isList } from '../../core/is-list';
import { itemAt } from '../../core/item-at';
import { gitHubOrigins, type Subject } from '../../core/address';
import { isDigest } from '../../core/artifact';
import { most } from '../../core/limits';
import { err, ok } from '../../core/result';
import { stemOf } from '../../core/stem-of';
import { bringFile, quoted, type ByHand } from '../by-hand';
import { problemOf } from '../fetch-problem';
import type { PullOptions } from '../oci/pull';
import { askJson, numberIn, textIn } from './ask-json';
import { chooseFile } from './choose-file';
import { holdBytes, type Fetched } from './fetch-file';

/** A file of a release: which one it is, and its digest, is asked first. Where its bytes cannot be read, the command brings them. */
export async function fetchRelease(
	{ owner, repository, tag, file }: Extract<Subject, { kind: 'release' }>,
	options: PullOptions,
): Fetched {
	const repo = `${owner}/${repository}`;
	const where = tag === null ? `the newest release of ${repo}` : `the release ${tag} of ${repo}`;
	const which = tag === null ? 'latest' : `tags/${encodeURIComponent(tag)}`;
	const release = await askJson(`${gitHubOrigins.api}/repos/${repo}/releases/${which}`, where, options);
	if (!release.ok) return release;
	const called = textIn(release.value, 'tag_name') ?? tag ?? '';
	const address = (name: string) =>
		`https://github.com/${repo}/releases/download/${encodeURIComponent(called)}/${encodeURIComponent(name)}`;
	const files = assetsOf(release.value).filter(({ name }) => file === null || name === file);
	if (file !== null && files.length === 0)
		return err({ message: `There is no file ${file} in ${where}. Check its name.` });
	const chosen = file === null ? chooseFile(files, where, ({ name }) => address(name)) : ok(itemAt(files, 0));
	if (!chosen.ok) return chosen;
	const { name, id, digest } = chosen.value;
	const sha256 = isDigest(digest) ? digest.slice('sha256:'.length) : undefined;
	const reply = await options.ask(`${gitHubOrigins.api}/repos/${repo}/releases/assets/${id}`, {
		headers: [['accept', 'application/octet-stream']],
		...{ signal: options.signal, onProgress: options.onProgress, maxBytes: most.componentFileBytes },
	});
	const byHand = bringRelease(address(name), name, repo, called, sha256 ?? options.sha256);
	if (!reply.ok) return err(problemOf(reply.error, { byHand }));
	const { status, bytes } = reply.value;
	if (status !== 200)
		return err({ message: `GitHub has the file ${name}, and answered ${status} when asked for it.`, byHand });
	const held = await holdBytes(bytes, sha256, address(name));
	return held.ok ? ok({ bytes, id: stemOf(name) || 'component', source: { url: address(name) } }) : held;
}

function assetsOf(release: unknown) {
	const assets: unknown =
		typeof release === 'object' && release !== null && 'assets' in release ? release.assets : null;
	return (isList(assets) ? assets : []).flatMap((asset) => {
		const [name, id] = [textIn(asset, 'name'), numberIn(asset, 'id')];
		return name === null || id === null
			? []
			: [{ name, id, size: numberIn(asset, 'size'), digest: textIn(asset, 'digest') }];
	});
}

function bringRelease(
	url: string,
	file: string,
	repo: string,
	tag: string,
	sha256: string | undefined,
): ByHand {
	const { held, commands } = bringFile(url, file, sha256);
	return {
		held,
		commands: [
			{
				tool: 'gh',
				command: `gh release download ${quoted(tag)} -R ${quoted(repo)} -p ${quoted(file)}`,
				then: `Drop ${file}.`,
			},
			...commands,
		],
	};
}
