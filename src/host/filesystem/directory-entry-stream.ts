import { dispose } from '../io/dispose';
import type { Inode } from './inode';
import { typeOf, type DirectoryEntry } from './wasi';

/** `wasi:filesystem/types.directory-entry-stream`: the entries a directory had when it was read, whatever happens to them meanwhile. */
export class DirectoryEntryStream {
	#entries: readonly (readonly [name: string, inode: Inode])[];
	#next = 0;
	#close: (() => void) | null;

	private constructor(entries: readonly (readonly [name: string, inode: Inode])[], close: () => void) {
		this.#entries = entries;
		this.#close = close;
	}

	static of(
		entries: readonly (readonly [name: string, inode: Inode])[],
		close: () => void,
	): DirectoryEntryStream {
		return new DirectoryEntryStream(entries, close);
	}

	readDirectoryEntry(): DirectoryEntry | undefined {
		const entry = this.#entries[this.#next++];
		return entry && { type: typeOf(entry[1].kind), name: entry[0] };
	}

	[dispose](): void {
		this.#close?.();
		this.#close = null;
		this.#entries = [];
	}
}
