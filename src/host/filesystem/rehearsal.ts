import { keptFor } from '../../core/kept-for';
import type { FileChange, FileNode, FileTree } from '../../core/files';
import { ancestorsOf, childOf, isWithin, parentOf } from '../../core/path';
import { KnownContent, WithheldContent } from './content';
import type { FileInode, Inode } from './inode';
import type { Move } from './moves';
import type { Survey } from './survey';
import { msOf } from './wasi';

/** An entry of the rehearsed tree: its kind, and the path it had in the snapshot if it was there. */
interface Placed {
	readonly kind: FileNode['kind'];
	readonly origin: string | null;
}

/** How often all pending moves are tried before one is forced. */
const maxRounds = 64;

/** A copy of the snapshot on which changes are made as they are listed, so that each fits what is there when its turn comes. */
export class ChangeRehearsal {
	readonly changes: FileChange[] = [];
	readonly #tree = new Map<string, Placed>();
	/** Moves still to make, by where they come from, and where they go. */
	readonly #pending = new Map<string, Move>();
	readonly #targets = new Set<string>();
	#spares = 0;

	constructor(files: FileTree) {
		for (const [path, { kind }] of files) this.#tree.set(path, { kind, origin: path });
		if (!this.#tree.has('/')) this.#tree.set('/', { kind: 'directory', origin: '/' });
	}

	/** Whether what the snapshot had at `origin` is at this path now. */
	holds(path: string, origin: string): boolean {
		return this.#tree.get(path)?.origin === origin;
	}

	/**
	 * Moves what has moved: first what has a free place to go to. What is left goes in circles; of that, what only a move can keep steps
	 * aside, and the rest is taken away and written anew.
	 */
	moveAll(moves: readonly Move[], now: Survey): void {
		for (const move of moves) {
			this.#pending.set(move.from, move);
			this.#targets.add(move.to);
		}
		for (let progress = true, round = 0; progress && round < maxRounds; round++) {
			progress = false;
			for (const move of [...this.#pending.values()]) {
				if (!this.#isFree(move)) continue;
				this.#makeParents(move.to, now);
				this.#move(move, move.to);
				progress = true;
			}
		}
		for (const move of moves) {
			if (!this.#isPending(move)) continue;
			if (move.needed) this.#force(move, now);
			else this.#settle(move);
		}
	}

	/** Takes away what is no longer there, or there as something else. */
	removeAllBut({ entries, closed }: Survey): void {
		const gone = new Set<string>();
		for (const [path, { kind }] of this.#tree) {
			const kept =
				path === '/' ||
				entries.get(path)?.kind === kind ||
				ancestorsOf(path).some((ancestor) => closed.has(ancestor));
			if (!kept) gone.add(path);
		}
		for (const path of gone) {
			if (!gone.has(parentOf(path))) this.changes.push({ kind: 'remove', path });
			this.#tree.delete(path);
		}
	}

	/** Makes one entry what it is now. */
	bring(path: string, inode: Inode): void {
		const placed = this.#tree.get(path);
		const modified = msOf(inode.modified);
		// Directories are all alike; of files and links it counts which one is there.
		const same =
			placed &&
			(inode.kind === 'directory' || (placed.origin !== null && placed.origin === inode.origin?.path));
		if (same && !inode.dirty) return;
		switch (inode.kind) {
			case 'directory':
				this.changes.push({ kind: 'directory', path, modified });
				break;
			case 'symlink':
				this.changes.push({ kind: 'symlink', path, target: inode.target, modified });
				break;
			case 'file':
				this.changes.push(changeOfFile(path, inode, modified));
		}
		this.#tree.set(path, { kind: inode.kind, origin: inode.origin?.path ?? null });
	}

	#isPending(move: Move): boolean {
		return this.#pending.get(move.from) === move;
	}

	/** A move is made, or given up. */
	#settle(move: Move): void {
		this.#pending.delete(move.from);
		this.#targets.delete(move.to);
	}

	/** Whether nothing is in the way of a move, and what is above its new place is going to stay there. */
	#isFree({ to }: Move): boolean {
		if (this.#tree.has(to)) return false;
		return ancestorsOf(to).every(
			(path) =>
				!this.#pending.has(path) &&
				!this.#targets.has(path) &&
				(this.#tree.get(path)?.kind ?? 'directory') === 'directory',
		);
	}

	#makeParents(path: string, { entries }: Survey): void {
		for (const parent of ancestorsOf(path)) {
			if (this.#tree.has(parent)) continue;
			this.changes.push({
				kind: 'directory',
				path: parent,
				modified: msOf(keptFor(entries, parent).modified),
			});
			this.#tree.set(parent, { kind: 'directory', origin: null });
		}
	}

	#force(move: Move, now: Survey): void {
		if (isWithin(move.to, move.from)) this.#stepAside(move, move.from);
		for (const path of ancestorsOf(move.to)) {
			if (this.#pending.has(path) || (this.#tree.get(path)?.kind ?? 'directory') !== 'directory')
				this.#clear(path);
		}
		if (this.#tree.has(move.to)) this.#clear(move.to);
		this.#makeParents(move.to, now);
		this.#move(move, move.to);
	}

	/** Frees a path. What has to be kept of it steps aside, the rest is taken away and written anew where it belongs. */
	#clear(path: string): void {
		// Outermost first: what steps aside takes along what is below it, which then is no longer in the way.
		for (const move of [...this.#pending.values()].sort((a, b) => a.from.length - b.from.length)) {
			if (!isWithin(move.from, path)) continue;
			if (move.needed) this.#stepAside(move, path);
			else this.#settle(move);
		}
		if (!this.#tree.has(path)) return;
		this.changes.push({ kind: 'remove', path });
		for (const entry of [...this.#tree.keys()]) if (isWithin(entry, path)) this.#tree.delete(entry);
	}

	/** Moves something next to a path that is to be freed, for the time being. */
	#stepAside(move: Move, path: string): void {
		let spare: string;
		do spare = childOf(parentOf(path), `.moving-${++this.#spares}`);
		while (this.#tree.has(spare));
		const { from } = move;
		this.#pending.delete(from);
		this.#relocate(from, spare);
		move.from = spare;
		this.#pending.set(spare, move);
	}

	#move(move: Move, to: string): void {
		this.#settle(move);
		this.#relocate(move.from, to);
	}

	#relocate(from: string, to: string): void {
		this.changes.push({ kind: 'move', from, to });
		const isDirectory = this.#tree.get(from)?.kind === 'directory';
		const moved = isDirectory ? [...this.#tree.keys()].filter((path) => isWithin(path, from)) : [from];
		for (const path of moved) {
			this.#tree.set(to + path.slice(from.length), keptFor(this.#tree, path));
			this.#tree.delete(path);
		}
		if (!isDirectory) return;
		for (const move of [...this.#pending.values()]) {
			if (!isWithin(move.from, from)) continue;
			this.#pending.delete(move.from);
			move.from = to + move.from.slice(from.length);
			this.#pending.set(move.from, move);
		}
	}
}

function changeOfFile(path: string, { content }: FileInode, modified: number): FileChange {
	if (content instanceof KnownContent) return { kind: 'write', path, content: content.bytes(), modified };
	if (content instanceof WithheldContent) {
		return { kind: 'patch', path, size: content.size, extents: content.extents(), modified };
	}
	throw new TypeError('unknown content');
}
