import { itemAt } from '../../core/item-at';
import { childOf, exceedsBytes, joinPath, maxNameBytes } from '../../core/path';
import type { DirectoryInode, Inode } from './inode';
import { splitPath, type SplitPath } from './split-path';
import type { Tree } from './tree';
import { fail } from './wasi';

const maxLinks = 40;

/** What a path comes to: an entry of a directory, whether it is there or not, or the directory that was walked to. */
export interface Found {
	/** Absolute in the world. */
	readonly path: string;
	/** Where the name is; null where the path ended in `.` or `..`, or in a slash after a directory. */
	readonly entry: { readonly parent: DirectoryInode; readonly name: string } | null;
	readonly inode: Inode | undefined;
	/** The path asked for a directory. */
	readonly slash: boolean;
}

/** The last part of a path before it is looked up, with everything before it walked. */
export interface Parent {
	readonly path: string;
	readonly parent: DirectoryInode;
	/** A name, which may be too long to be one, `.` or `..`. */
	readonly name: string;
	readonly slash: boolean;
}

/** Where a walk starts, and what is done about a path that would leave it. */
export interface Start {
	readonly tree: Tree;
	readonly directory: DirectoryInode;
	readonly escape: (target: string) => never;
}

/**
 * Looks a path up. Intermediate symbolic links are always followed, the last one with `follow` or before a slash; `..` goes to the real parent.
 * What leaves the start, by `..` or by a link, goes to `escape`.
 */
export function resolve(start: Start, path: string, follow: boolean): Found {
	const split = parse(start, path);
	return straight(start, split, follow) ?? new Walk(start, split).find(follow);
}

/** The same to create what is not there: a slash behind the last name is refused as Linux does, whatever has the name. */
export function resolveToCreate(start: Start, path: string, follow: boolean): Found {
	const split = parse(start, path);
	return straight(start, split, follow) ?? new Walk(start, split).find(follow, true);
}

/** What a path comes to that goes down through directories, as most do, to a name that is not followed; null where it takes a walk to say. */
function straight({ tree, directory }: Start, { parts, slash }: SplitPath, follow: boolean): Found | null {
	if (slash) return null;
	let parent = directory;
	const last = parts.length - 1;
	for (let at = 0; at <= last; at++) {
		const name = parts[at] ?? '';
		if (name === '.' || name === '..' || exceedsBytes(name, maxNameBytes)) return null;
		const inode = parent.entries.get(name);
		if (at < last) {
			if (inode?.kind !== 'directory') return null;
			parent = inode;
			continue;
		}
		if (follow && inode?.kind === 'symlink') return null;
		const path = tree.pathOf(parent);
		return path === null ? null : { path: childOf(path, name), entry: { parent, name }, inode, slash };
	}
	return null;
}

/** Walks all of a path but its last part, for operations that make, move or take away a name. */
export function resolveParent(start: Start, path: string): Parent {
	const split = parse(start, path);
	return new Walk(start, { parts: split.parts.slice(0, -1), slash: true }).parentOf(split);
}

function parse(start: Start, path: string): SplitPath {
	if (path.startsWith('/')) start.escape(joinPath('/', path));
	return splitPath(path);
}

class Walk {
	readonly #start: Start;
	/** Parts still to walk, the next one last. */
	readonly #todo: string[];
	/** Directories from the start to where the walk is: `..` takes one away, so it cannot go above the start. */
	readonly #done: DirectoryInode[];
	#slash: boolean;
	#links = 0;

	constructor(start: Start, { parts, slash }: SplitPath) {
		this.#start = start;
		this.#todo = parts.toReversed();
		this.#done = [start.directory];
		this.#slash = slash;
	}

	find(follow: boolean, creating = false): Found {
		for (let part = this.#todo.pop(); part !== undefined; part = this.#todo.pop()) {
			if (part === '.') continue;
			if (part === '..') {
				this.#climb();
				continue;
			}
			if (exceedsBytes(part, maxNameBytes)) fail('name-too-long');
			const parent = this.#here;
			const inode = parent.entries.get(part);
			const last = this.#todo.length === 0;
			if (last && creating && this.#slash) fail('is-directory');
			if (last && (!inode || !this.#slash) && !(follow && inode?.kind === 'symlink')) {
				return { path: this.#pathOf(part), entry: { parent, name: part }, inode, slash: this.#slash };
			}
			this.#enter(inode);
		}
		return { path: this.#pathOf(), entry: null, inode: this.#here, slash: this.#slash };
	}

	parentOf({ parts, slash }: SplitPath): Parent {
		const { inode } = this.find(true);
		if (!inode) fail('no-entry');
		const name = itemAt(parts, -1);
		if (name === '..' && this.#done.length === 1) this.#climb();
		return { path: joinPath(this.#pathOf(), name), parent: this.#here, name, slash };
	}

	get #here(): DirectoryInode {
		return itemAt(this.#done, -1);
	}

	#pathOf(name?: string): string {
		const here = this.#start.tree.pathOf(this.#here) ?? fail('no-entry');
		return name === undefined ? here : childOf(here, name);
	}

	#climb(): void {
		if (this.#done.length === 1)
			this.#start.escape(joinPath(this.#pathOf(), ['..', ...this.#todo.toReversed()].join('/')));
		this.#done.pop();
	}

	#enter(inode: Inode | undefined): void {
		if (!inode) fail('no-entry');
		if (inode.kind === 'file') fail('not-directory');
		if (inode.kind === 'directory') {
			this.#done.push(inode);
			return;
		}
		if (++this.#links > maxLinks) fail('loop');
		if (inode.target.startsWith('/')) this.#start.escape(joinPath('/', inode.target));
		const { parts, slash } = splitPath(inode.target);
		if (slash && this.#todo.length === 0) this.#slash = true;
		this.#todo.push(...parts.toReversed());
	}
}
