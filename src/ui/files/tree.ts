import { keptFor } from '../../core/kept-for';
import type { FileNode, FileTree } from '../../core/files';
import { nameOf, parentOf } from '../../core/path';

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
		const entries = (children.get(directory) ?? []).map((path) => ({ path, node: keptFor(files, path) }));
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
