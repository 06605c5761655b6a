import { itemAt } from '../../core/item-at';
import type { FileChange } from '../../core/files';
import { LimitReached } from '../types';
import { fail } from './wasi';

/** What is in a file. Sizes and offsets are safe integers; the quota is the caller's to hold. */
export interface Content {
	readonly size: number;
	/** The bytes never came into the sandbox: they can be written over, not read. */
	readonly withheld: boolean;
	/** At most `length` bytes from `offset`, copied; fails `not-permitted` where they are withheld. */
	read(offset: number, length: number): Uint8Array;
	/** The same without a copy: they stand until the next change, and whoever gets them only reads them. */
	view(offset: number, length: number): Uint8Array;
	/** Puts bytes at an offset; a gap before it reads as zeros. */
	write(bytes: Uint8Array, offset: number): void;
	resize(size: number): void;
}

const empty = new Uint8Array(0);

/** Bytes in memory. Those of the snapshot are shared until the first write; a growing buffer doubles, so that appending is linear. */
export class KnownContent implements Content {
	readonly withheld = false;
	#buffer: Uint8Array;
	#size: number;
	#shared: boolean;

	constructor(bytes: Uint8Array = empty) {
		this.#buffer = bytes;
		this.#size = bytes.length;
		this.#shared = true;
	}

	get size(): number {
		return this.#size;
	}

	read(offset: number, length: number): Uint8Array {
		return this.view(offset, length).slice();
	}

	view(offset: number, length: number): Uint8Array {
		return this.#buffer.subarray(Math.min(offset, this.#size), Math.min(offset + length, this.#size));
	}

	write(bytes: Uint8Array, offset: number): void {
		if (bytes.length === 0) return;
		const end = offset + bytes.length;
		this.#own(Math.max(end, this.#size));
		this.#buffer.set(bytes, offset);
		this.#size = Math.max(end, this.#size);
	}

	resize(size: number): void {
		this.#own(size);
		// What is cut off must read as zeros when the file grows again.
		if (size < this.#size) this.#buffer.fill(0, size, this.#size);
		this.#size = size;
	}

	/** All of it, as it is now; a later write may show in it. */
	bytes(): Uint8Array {
		return this.#buffer.subarray(0, this.#size);
	}

	/** Makes the buffer writable and at least so long. */
	#own(length: number): void {
		if (!this.#shared && length <= this.#buffer.length) return;
		const grown = length > this.#buffer.length ? Math.max(length, 2 * this.#size, 64) : length;
		const buffer = new Uint8Array(grown);
		buffer.set(this.#buffer.subarray(0, Math.min(this.#size, grown)));
		this.#buffer = buffer;
		this.#shared = false;
	}
}

/** The most separate stretches that are kept of one withheld file. */
const maxExtents = 16_384;

/** A file of which only the size is known, and what the guest wrote to it since. */
export class WithheldContent implements Content {
	readonly withheld = true;
	readonly #originalSize: number;
	#size: number;
	/** Written stretches by offset, apart from each other. */
	#extents: { offset: number; content: KnownContent }[] = [];

	constructor(size: number) {
		this.#originalSize = size;
		this.#size = size;
	}

	get size(): number {
		return this.#size;
	}

	read(): never {
		return fail('not-permitted');
	}

	view(): never {
		return fail('not-permitted');
	}

	write(bytes: Uint8Array, offset: number): void {
		if (bytes.length === 0) return;
		if (offset > this.#size) this.resize(offset);
		this.#put(bytes, offset);
		this.#size = Math.max(this.#size, offset + bytes.length);
	}

	resize(size: number): void {
		if (size < this.#size) {
			this.#extents = this.#extents.filter(({ offset }) => offset < size);
			const last = this.#extents.at(-1);
			if (last && last.offset + last.content.size > size) last.content.resize(size - last.offset);
		} else if (this.#size < this.#originalSize) {
			// The original bytes were cut off here; where the file grows over them again there are zeros.
			this.#put(new Uint8Array(Math.min(size, this.#originalSize) - this.#size), this.#size);
		}
		this.#size = size;
	}

	/** What was written, as a change to the file carries it. */
	extents(): (FileChange & { kind: 'patch' })['extents'] {
		return this.#extents.map(({ offset, content }) => ({ offset, bytes: content.bytes() }));
	}

	#put(bytes: Uint8Array, offset: number): void {
		if (bytes.length === 0) return;
		const end = offset + bytes.length;
		const from = this.#firstEndingAt(offset);
		let to = from;
		while (to < this.#extents.length && itemAt(this.#extents, to).offset <= end) to++;
		if (from === to && this.#extents.length >= maxExtents)
			throw new LimitReached(
				'files',
				`the component reached the limit of ${maxExtents} separate pieces of a file that it may not read`,
			);
		const touched = this.#extents.slice(from, to);
		const first = touched[0];
		if (first && first.offset <= offset) {
			// The usual case, one write after the other, lengthens the stretch in place.
			for (const { offset: start, content } of touched.slice(1))
				first.content.write(content.bytes(), start - first.offset);
			first.content.write(bytes, offset - first.offset);
			this.#extents.splice(from + 1, to - from - 1);
			return;
		}
		const content = new KnownContent();
		for (const extent of touched) content.write(extent.content.bytes(), extent.offset - offset);
		content.write(bytes, 0);
		this.#extents.splice(from, to - from, { offset, content });
	}

	/** The index of the first stretch that ends at this offset or after it. */
	#firstEndingAt(offset: number): number {
		let low = 0;
		let high = this.#extents.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const { offset: start, content } = itemAt(this.#extents, middle);
			if (start + content.size < offset) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
