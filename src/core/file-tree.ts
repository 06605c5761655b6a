import type { FileNode, FileTree } from './files';
import { most } from './limits';
import { ancestorsOf, exceedsBytes, isWithin, isWorldPath, parentOf } from './path';
import { err, ok, type Result } from './result';

/** A path as it was typed, absolute and without empty or `.` parts. The error says what is wrong with it. */
export function worldPath(typed: string): Result<string, string> {
	const parts = typed.split('/').filter((part) => part !== '' && part !== '.');
	if (parts.length === 0 || parts.includes('..') || typed.includes('\0'))
		return err('Give an absolute path, without “..”');
	const path = `/${parts.join('/')}`;
	return isWorldPath(path) ? ok(path) : err('Give a shorter path: 255 bytes for a name, and 4,096 in all');
}

/**
 * The tree with an entry set, and every directory above it made. A file or link takes the place of a file or link; nothing takes the place
 * of a directory, and nothing lies below a file. The error says what stands in the way.
 */
export function withEntry(files: FileTree, path: string, node: FileNode): Result<FileTree, string> {
	const next = new Map(files);
	const problem = place(next, path, node);
	return problem === null ? ok(next) : err(problem);
}

/** The same in a map of one's own. */
function place(files: Map<string, FileNode>, path: string, node: FileNode): string | null {
	if (!isWorldPath(path) || path === '/') return `${path} is no path of a file`;
	if (!canLead(node)) return `The target of the link ${path} is too long, or none`;
	const above = ancestorsOf(path);
	for (const parent of above) {
		const there = files.get(parent);
		if (there && there.kind !== 'directory')
			return `${parent} is a ${words[there.kind]}, so nothing lies below it`;
	}
	const before = files.get(path);
	if (before && (before.kind === 'directory') !== (node.kind === 'directory'))
		return `${path} is a ${words[before.kind]} already`;
	for (const parent of above)
		if (!files.has(parent)) files.set(parent, { kind: 'directory', modified: node.modified });
	files.set(path, node);
	return null;
}

/** The tree without an entry and all below it; the root stays. */
export function withoutEntry(files: FileTree, path: string): FileTree {
	return new Map([...files].filter(([other]) => other === '/' || !isWithin(other, path)));
}

/** The tree with an entry, and all below it, under another path, where nothing is yet. The error says why not. */
export function withEntryMoved(files: FileTree, from: string, to: string): Result<FileTree, string> {
	const node = files.get(from);
	if (!node || from === '/') return err(`${from} is not there`);
	if (from === to) return ok(files);
	if (isWithin(to, from)) return err('A directory cannot move into itself');
	if (files.has(to)) return err(`${to} is already there`);
	const next = new Map(withoutEntry(files, from));
	for (const [path, child] of files) {
		const problem = isWithin(path, from) ? place(next, to + path.slice(from.length), child) : null;
		if (problem !== null) return err(problem);
	}
	return ok(next);
}

/** The tree with the entries of another one, and what of that did not fit, which is left out. */
export function withEntries(
	files: FileTree,
	added: Iterable<readonly [path: string, node: FileNode]>,
): { readonly files: FileTree; readonly refused: readonly string[] } {
	const all = new Map(files);
	const refused = [...added].flatMap(([path, node]) => (path === '/' ? [] : (place(all, path, node) ?? [])));
	return { files: all, refused };
}

/**
 * Whether a tree is none that files can have, in a sentence: every entry lies in a directory that is there, under a path that can be. What
 * a tree `before` it had already is not held against it.
 */
export function treeProblem(files: FileTree, before?: FileTree): string | null {
	if (files.get('/')?.kind !== 'directory') return 'The files have no root directory.';
	for (const [path, node] of files) {
		const shown = path.slice(0, 200);
		if (before?.get(path)?.kind === node.kind) {
			if (files.get(parentOf(path))?.kind === 'directory') continue;
			return `${shown} does not lie in a directory.`;
		}
		if (!isWorldPath(path)) return `${shown} is no path that a file can have.`;
		if (!canLead(node)) return `The target of the link ${shown} is too long, or none.`;
		if (files.get(parentOf(path))?.kind !== 'directory') return `${shown} does not lie in a directory.`;
	}
	return null;
}

/** Whether a node, where it is a link, has a target that a link can have. */
const canLead = (node: FileNode) =>
	node.kind !== 'symlink' ||
	(node.target !== '' && !node.target.includes('\0') && !exceedsBytes(node.target, most.pathBytes));

const words = { file: 'file', directory: 'directory', symlink: 'link' } as const;
