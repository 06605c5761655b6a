import { childOf, nameOf, parentOf } from '../../core/path';
import type { Inode } from './inode';
import type { Survey } from './survey';
import type { Tree } from './tree';

/** Something of the snapshot that is elsewhere now. */
export interface Move {
	/** Where it is before the move; other moves may take it along. */
	from: string;
	readonly to: string;
	/** Its contents, or some below it, are not in the sandbox: nothing but a move can keep them. */
	readonly needed: boolean;
}

/** Finds what has moved, the outermost directory only where one moved with all that is in it. */
export function movesIn(tree: Tree, { entries }: Survey): Move[] {
	const settled = new Set<Inode>();
	const astray: [path: string, inode: Inode, from: string][] = [];
	for (const [path, inode] of entries) {
		const { origin } = inode;
		if (!origin) continue;
		const parent = tree.directoryAt(parentOf(path));
		const expected = parent?.origin ? childOf(parent.origin.path, nameOf(path)) : null;
		if (origin.path === expected) settled.add(inode);
		else astray.push([path, inode, origin.path]);
	}
	const moves: Move[] = [];
	for (const [to, inode, from] of astray) {
		// A file that still has its old name, beside others, has not moved, and no file moves to two places.
		if (settled.has(inode)) continue;
		settled.add(inode);
		moves.push({ from, to, needed: holdsWithheld(inode) });
	}
	return moves;
}

function holdsWithheld(inode: Inode): boolean {
	if (inode.kind === 'file') return inode.content.withheld;
	return inode.kind === 'directory' && [...inode.entries.values()].some(holdsWithheld);
}
