import type { FileNode, FileTree } from './files';
import { ancestorsOf, isWithin } from './path';
import { decide } from './policy/rule/decide';
import type { Grants } from './policy/types';

type Access = 'read' | 'write';

/**
 * The part of a tree that grants cover, and nothing else: what is below the preopens and, where path rules decide, is granted by them. Contents
 * are null where reading is not granted. Directories on the way to what is covered come along bare, with no time of their own.
 */
export function snapshotFor(tree: FileTree, grants: Grants): FileTree {
	const covered = coverage(grants);
	const snapshot = new Map<string, FileNode>();
	const needed = new Set<string>();
	for (const [path, node] of tree) {
		const seen = covered(path, node);
		if (!seen) continue;
		snapshot.set(path, seen);
		for (const parent of ancestorsOf(path)) needed.add(parent);
	}
	for (const { path } of grants.preopens) {
		if (tree.get(path)?.kind !== 'directory') continue;
		for (const directory of [...ancestorsOf(path), path]) needed.add(directory);
	}
	for (const path of needed) {
		if (!snapshot.has(path)) snapshot.set(path, { kind: 'directory', modified: 0 });
	}
	return snapshot;
}

/** What a sandbox may know of an entry; null where that is nothing. */
function coverage(grants: Grants): (path: string, node: FileNode) => FileNode | null {
	const isAllowed = accessTest(grants);
	return (path, node) => {
		const readable = isAllowed('read', path);
		if (!readable && !isAllowed('write', path)) return null;
		return node.kind === 'file' && !readable ? { ...node, content: null } : node;
	};
}

function accessTest(grants: Grants): (access: Access, path: string) => boolean {
	const within = (path: string) => grants.preopens.filter((preopen) => isWithin(path, preopen.path));
	if (grants.rules === 'release') {
		// What can be moved to where it is read has to be there to be read.
		const readsMoved = grants.movesBetweenRights && grants.preopens.some(({ read, write }) => read && write);
		return (access, path) =>
			within(path).some((preopen) => preopen[access] || (readsMoved === true && preopen.write));
	}
	return (access, path) =>
		within(path).length > 0 && decide(grants, { kind: 'storage', access, path }).outcome === 'allow';
}
