import type { FileChange } from '../../core/files';
import { wireLimits } from '../protocol';

/** Characters of paths that one message carries, before the one that reaches them. */
const charactersAtOnce = 65_536;

/** A call's changes in parts that the page takes in without standing still, in their order. */
export function* changeParts(changes: readonly FileChange[]): Generator<readonly FileChange[]> {
	let part: FileChange[] = [];
	let characters = 0;
	for (const change of changes) {
		part.push(change);
		characters += charactersOf(change);
		if (part.length < wireLimits.changesAtOnce && characters < charactersAtOnce) continue;
		yield part;
		part = [];
		characters = 0;
	}
	if (part.length > 0) yield part;
}

function charactersOf(change: FileChange): number {
	if (change.kind === 'move') return change.from.length + change.to.length;
	if (change.kind === 'symlink') return change.path.length + change.target.length;
	// An extent is a few numbers beside its bytes.
	if (change.kind === 'patch') return change.path.length + 64 * change.extents.length;
	return change.path.length;
}
