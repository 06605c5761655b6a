import type { FileChange, FileTree } from '../../core/files';
import { movesIn } from './moves';
import { ChangeRehearsal } from './rehearsal';
import { survey } from './survey';
import type { Tree } from './tree';

/**
 * What turns the snapshot into the tree as it is: moves first, then what is gone, then what is new or changed, parents before children.
 * Modification times of directories are told only where the guest set them. The bytes are those of the files, not copies.
 */
export function changesOf(tree: Tree, files: FileTree): FileChange[] {
	if (tree.root.untouched) return [];
	const rehearsal = new ChangeRehearsal(files);
	const before = survey(tree, (_path, directory) => directory.untouched);
	rehearsal.moveAll(movesIn(tree, before), before);
	// A directory that nobody looked into is as it was, but maybe no move has brought it to its place.
	const after = survey(
		tree,
		(path, { untouched, origin }) => untouched && origin !== null && rehearsal.holds(path, origin.path),
	);
	rehearsal.removeAllBut(after);
	for (const [path, inode] of after.entries) rehearsal.bring(path, inode);
	return rehearsal.changes;
}
