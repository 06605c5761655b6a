import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// What decides the bytes of the component. Prose, policy and what the build itself makes are not among it.
const isSource = (path) =>
	/^(src|wit|lib)\//.test(path)
		? !path.startsWith('wit/deps/')
		: /^(Cargo\.(toml|lock)|package\.json|\.cargo\/config\.toml)$/.test(path);

/** The files of a component that decide its bytes: sorted paths relative to its folder, with `/` between the parts. */
export function sourceFiles(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.filter(isSource)
		.sort();
}

/** One hash over all sources, so that a changed source without a new build is noticed. */
export function hashSources(folder) {
	const lines = sourceFiles(folder).map((path) => `${path} ${sha256(readFileSync(join(folder, path)))}\n`);
	return sha256(lines.join(''));
}

/** The names of the folders below `root` that hold a component, in alphabetical order. */
export function componentFolders(root) {
	return readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'wit/world.wit')))
		.map((entry) => entry.name)
		.sort();
}
