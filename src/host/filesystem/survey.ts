import { childOf } from '../../core/path';
import type { DirectoryInode, Inode } from './inode';
import type { Tree } from './tree';

/** A tree as it is, without the insides of those directories that need no looking into. */
export interface Survey {
	/** Entries by path, parents first. */
	readonly entries: ReadonlyMap<string, Inode>;
	/** Directories that were left out. */
	readonly closed: ReadonlySet<string>;
}

/** Lists a tree; `leaveOut` says which directories are known without looking. */
export function survey(tree: Tree, leaveOut: (path: string, directory: DirectoryInode) => boolean): Survey {
	const entries = new Map<string, Inode>();
	const closed = new Set<string>();
	const todo: [path: string, directory: DirectoryInode][] = [['/', tree.root]];
	for (let next = todo.pop(); next; next = todo.pop()) {
		const [path, directory] = next;
		if (leaveOut(path, directory)) {
			closed.add(path);
			continue;
		}
		for (const [name, inode] of directory.entries) {
			const at = childOf(path, name);
			entries.set(at, inode);
			if (inode.kind === 'directory') todo.push([at, inode]);
		}
	}
	return { entries, closed };
}
