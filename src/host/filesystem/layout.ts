import type { FileNode } from '../../core/files';
import { childOf } from '../../core/path';
import type { CaseLayout } from './cases';

/** The tree of a layout, at a path whose parents it adds. */
export function treeOf(layout: CaseLayout, at: string, modified = 0): Map<string, FileNode> {
	const tree = new Map<string, FileNode>([['/', { kind: 'directory', modified }]]);
	const add = (path: string, entry: CaseLayout[string]) => {
		if (typeof entry === 'string') {
			const content = new TextEncoder().encode(entry);
			tree.set(path, { kind: 'file', content, size: content.length, modified });
		} else if (typeof entry.symlink === 'string') {
			tree.set(path, { kind: 'symlink', target: entry.symlink, modified });
		} else {
			tree.set(path, { kind: 'directory', modified });
			for (const [name, child] of Object.entries(entry as CaseLayout)) add(childOf(path, name), child);
		}
	};
	add(at, layout);
	return tree;
}
