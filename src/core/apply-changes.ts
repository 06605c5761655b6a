import { itemAt } from './item-at';
import { keptFor } from './kept-for';
import { most } from './limits';
import { parseChange } from './file-change';
import type { FileChange, FileNode, FileTree } from './files';
import { childOf, isWithin, isWorldPath, nameOf, parentOf } from './path';

/** What a list of changes may add to a tree, beside what the grants allow. */
export interface ChangeBounds {
	/** Bytes by which the files may grow together. */
	readonly bytes: number;
	/** Entries by which the tree may grow. */
	readonly entries: number;
}

const defaultBounds: ChangeBounds = { bytes: 64 * 2 ** 20, entries: most.fileEntries };
/** Twice what a full tree that is replaced by another needs. */
const maxChanges = 4 * defaultBounds.entries;
/** Entries that moves and removals of directories may visit together, so that a hostile list cannot hold up the page. */
const maxVisits = 2 ** 16;
/** Patches build whole files; together they may build so many times what a tree may grow by. */
const maxPatchedShare = 4;

/** A tree after changes, and the changes that were not made. */
export interface AppliedChanges {
	readonly tree: FileTree;
	readonly rejected: readonly FileChange[];
}

/**
 * A tree with those changes made that are well-formed, fit the tree as it is when their turn comes, and touch only paths that
 * `allowed` grants; the others come back in `rejected`. It takes any value for a list and never throws: the list comes from a sandbox.
 * A rejected change that was not even well-formed is shown as the removal of the path it named.
 */
export function applyChanges(...of: Parameters<typeof applyingChanges>): AppliedChanges {
	const steps = applyingChanges(...of);
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** The same in steps, none of which takes long: a list from a sandbox can be made to take as long as it may. */
export function* applyingChanges(
	tree: FileTree,
	changes: readonly FileChange[],
	allowed: (access: 'read' | 'write', path: string) => boolean,
	bounds: ChangeBounds = defaultBounds,
): Generator<void, AppliedChanges> {
	const rejected: FileChange[] = [];
	if (!Array.isArray(changes) || changes.length === 0) return { tree, rejected };
	const editor = new TreeEditor(tree, allowed, bounds);
	const list: readonly unknown[] = changes;
	for (const value of list.slice(0, maxChanges)) {
		const parsed = parseChange(value);
		if (!parsed.ok) rejected.push(parsed.error);
		else if (!(yield* editor.apply(parsed.value))) rejected.push(parsed.value);
		yield;
	}
	if (list.length > maxChanges) {
		const first = parseChange(list[maxChanges]);
		rejected.push(first.ok ? first.value : first.error);
	}
	return { tree: editor.entries, rejected };
}

class TreeEditor {
	readonly entries: Map<string, FileNode>;
	/** Names in each directory; made when first needed, for most lists never move or remove a directory. */
	#children: Map<string, Set<string>> | null = null;
	#grownBytes = 0;
	#grownEntries = 0;
	#visits = 0;
	#patchedBytes = 0;

	constructor(
		tree: FileTree,
		private readonly allowed: (access: 'read' | 'write', path: string) => boolean,
		private readonly bounds: ChangeBounds,
	) {
		this.entries = new Map(tree);
	}

	/** Makes one change; false, and nothing done, where it may not be made. */
	*apply(change: FileChange): Generator<void, boolean> {
		switch (change.kind) {
			case 'write':
				return this.#put(change.path, {
					kind: 'file',
					content: change.content,
					size: change.content.length,
					modified: change.modified,
				});
			case 'directory':
				return this.#put(change.path, { kind: 'directory', modified: change.modified });
			case 'symlink':
				return this.#put(change.path, {
					kind: 'symlink',
					target: change.target,
					modified: change.modified,
				});
			case 'patch':
				return this.#patch(change);
			case 'remove':
				return yield* this.#remove(change.path);
			case 'move':
				return yield* this.#move(change.from, change.to);
		}
	}

	#isDirectory(path: string): boolean {
		return this.entries.get(path)?.kind === 'directory';
	}

	/** Adds an entry or replaces one of its own kind. */
	#put(path: string, node: FileNode): boolean {
		const before = this.entries.get(path);
		if (path === '/' || !this.#isDirectory(parentOf(path)) || !this.allowed('write', path)) return false;
		if (before && before.kind !== node.kind) return false;
		if (!this.#grow(sizeOf(node) - sizeOf(before), before ? 0 : 1)) return false;
		this.#set(path, node);
		return true;
	}

	#patch({ path, size, extents, modified }: FileChange & { kind: 'patch' }): boolean {
		const before = this.entries.get(path);
		if (before?.kind !== 'file' || !this.allowed('write', path)) return false;
		if (before.content === null || this.#patchedBytes + size > maxPatchedShare * this.bounds.bytes)
			return false;
		if (!this.#grow(size - before.size, 0)) return false;
		this.#patchedBytes += size;
		const content = new Uint8Array(size);
		content.set(before.content.subarray(0, size));
		for (const { offset, bytes } of extents) content.set(bytes, offset);
		this.entries.set(path, { kind: 'file', content, size, modified });
		return true;
	}

	*#remove(path: string): Generator<void, boolean> {
		if (path === '/' || !this.entries.has(path)) return false;
		const below = this.#subtree(path);
		if (!below) return false;
		for (const entry of below) {
			if (!this.allowed('write', entry)) return false;
			yield;
		}
		for (const entry of below) {
			this.#grow(-sizeOf(this.entries.get(entry)), -1);
			this.#delete(entry);
		}
		return true;
	}

	*#move(from: string, to: string): Generator<void, boolean> {
		const node = this.entries.get(from);
		if (!node || from === '/' || isWithin(to, from) || isWithin(from, to)) return false;
		if (!this.#isDirectory(parentOf(to)) || !this.#mayReplace(node, to)) return false;
		const below = this.#subtree(from);
		if (!below) return false;
		const moves = below.map((entry) => [entry, to + entry.slice(from.length)] as const);
		for (const [source, target] of moves) {
			if (!this.#mayMove(source, target)) return false;
			yield;
		}
		if (this.entries.has(to)) {
			this.#grow(-sizeOf(this.entries.get(to)), -1);
			this.#delete(to);
		}
		const moved = moves.map(([source, target]) => [target, keptFor(this.entries, source)] as const);
		for (const entry of below) this.#delete(entry);
		for (const [target, entry] of moved) this.#set(target, entry);
		return true;
	}

	#mayReplace(node: FileNode, to: string): boolean {
		const replaced = this.entries.get(to);
		if (!replaced) return true;
		if (node.kind !== 'directory') return replaced.kind !== 'directory';
		return replaced.kind === 'directory' && this.#subtree(to)?.length === 1;
	}

	#mayMove(from: string, to: string): boolean {
		if (!isWorldPath(to) || !this.allowed('write', from) || !this.allowed('write', to)) return false;
		// Moving what may not be read to where it may be read would be a way to read it.
		return !this.allowed('read', to) || this.allowed('read', from);
	}

	/** An entry and all below it, parents first; null where the list has asked for more than its share of this. */
	#subtree(path: string): string[] | null {
		if (!this.#isDirectory(path)) return [path];
		const children = this.#index();
		const found = [path];
		for (let next = 0; next < found.length; next++) {
			if (++this.#visits > maxVisits) return null;
			for (const name of children.get(itemAt(found, next)) ?? [])
				found.push(childOf(itemAt(found, next), name));
		}
		return found;
	}

	#index(): Map<string, Set<string>> {
		if (!this.#children) {
			this.#children = new Map();
			for (const path of this.entries.keys()) this.#link(this.#children, path);
		}
		return this.#children;
	}

	#link(children: Map<string, Set<string>>, path: string): void {
		if (path === '/') return;
		const names = children.get(parentOf(path));
		if (names) names.add(nameOf(path));
		else children.set(parentOf(path), new Set([nameOf(path)]));
	}

	#set(path: string, node: FileNode): void {
		this.entries.set(path, node);
		if (this.#children) this.#link(this.#children, path);
	}

	#delete(path: string): void {
		this.entries.delete(path);
		this.#children?.get(parentOf(path))?.delete(nameOf(path));
		this.#children?.delete(path);
	}

	/** Counts growth; false, and nothing counted, where it goes beyond the bounds. */
	#grow(bytes: number, entries: number): boolean {
		if (bytes > 0 && this.#grownBytes + bytes > this.bounds.bytes) return false;
		if (entries > 0 && this.#grownEntries + entries > this.bounds.entries) return false;
		this.#grownBytes += bytes;
		this.#grownEntries += entries;
		return true;
	}
}

const sizeOf = (node: FileNode | undefined): number => (node?.kind === 'file' ? node.size : 0);
