import type { FileNode, FileTree } from '../../core/files';

/** A line of the file list. */
export interface TreeRow {
	readonly path: string;
	readonly name: string;
	readonly depth: number;
	readonly node: FileNode;
	readonly open: boolean;
	/** How many entries a directory holds directly. */
	readonly size: number;
}

/** Made once: comparing ten thousand names one by one makes a collator for each. */
const alphabetical = new Intl.Collator('en');

/** The rows of a tree with some directories open: directories first, then by name. The root itself is not a row. */
export function treeRows(files: FileTree, isOpen: (path: string) => boolean): readonly TreeRow[] {
	const children = new Map<string, string[]>();
	for (const path of files.keys()) {
		if (path === '/') continue;
		const parent = parentOf(path);
		const siblings = children.get(parent);
		if (siblings) siblings.push(path);
		else children.set(parent, [path]);
	}
	const rows: TreeRow[] = [];
	const walk = (directory: string, depth: number) => {
		const entries = (children.get(directory) ?? []).map((path) => ({ path, node: files.get(path)! }));
		entries.sort(
			(a, b) =>
				Number(b.node.kind === 'directory') - Number(a.node.kind === 'directory') ||
				alphabetical.compare(a.path, b.path),
		);
		for (const { path, node } of entries) {
			const open = node.kind === 'directory' && isOpen(path);
			const size = children.get(path)?.length ?? 0;
			rows.push({ path, name: nameOf(path), depth, node, open, size });
			if (open) walk(path, depth + 1);
		}
	};
	walk('/', 0);
	return rows;
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
export const join = (directory: string, name: string): string =>
	directory === '/' ? `/${name}` : `${directory}/${name}`;

/** The tree with an entry set, and every directory above it made. What stood in the way as a file becomes a directory. */
export function withEntry(files: FileTree, path: string, node: FileNode): FileTree {
	const next = new Map(files);
	for (let parent = parentOf(path); ; parent = parentOf(parent)) {
		if (next.get(parent)?.kind !== 'directory')
			next.set(parent, { kind: 'directory', modified: node.modified });
		if (parent === '/') break;
	}
	next.set(path, node);
	return next;
}

/** The tree without an entry and all below it. */
export function withoutEntry(files: FileTree, path: string): FileTree {
	return new Map([...files].filter(([other]) => other !== path && !other.startsWith(`${path}/`)));
}

/** The tree with an entry, and all below it, under another path. */
export function withEntryMoved(files: FileTree, from: string, to: string): FileTree {
	const node = files.get(from);
	if (!node || from === to || to.startsWith(`${from}/`)) return files;
	const moved = [...files].filter(([path]) => path.startsWith(`${from}/`));
	let next = withEntry(withoutEntry(files, from), to, node);
	for (const [path, child] of moved) next = withEntry(next, to + path.slice(from.length), child);
	return next;
}

/** A path as it was typed, absolute and without empty, `.` or `..` parts; null where it names nothing. */
export function cleanPath(typed: string): string | null {
	const parts = typed.split('/').filter((part) => part !== '' && part !== '.');
	return parts.length === 0 || parts.includes('..') || typed.includes('\0') ? null : `/${parts.join('/')}`;
}
