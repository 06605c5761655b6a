import { itemAt } from '../core/item-at';

/** Bytes that do not say what they should. Thrown inside this folder only, and turned into a `Result` by whoever reads. */
export class MalformedBinary extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the primitives of WebAssembly's binary format; never past `end`. */
export class BinaryReader {
	constructor(
		readonly bytes: Uint8Array,
		public at = 0,
		readonly end = bytes.length,
	) {}

	get done(): boolean {
		return this.at >= this.end;
	}

	byte(): number {
		if (this.at >= this.end) throw new MalformedBinary('it ends too early');
		return itemAt(this.bytes, this.at++);
	}

	peek(): number {
		const byte = this.byte();
		this.at -= 1;
		return byte;
	}

	/** An unsigned LEB128 of at most 32 bits. */
	u32(): number {
		const value = this.leb(5);
		if (value >= 2n ** 32n) throw new MalformedBinary('a number is too large');
		return Number(value);
	}

	/** An unsigned LEB128 of at most 64 bits. */
	u64(): bigint {
		return this.leb(10);
	}

	/** Steps over a signed LEB128 of at most 33 bits and gives its value. */
	s33(): number {
		let value = 0;
		for (let shift = 0; shift < 35; shift += 7) {
			const byte = this.byte();
			value += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return byte & 0x40 ? value - 2 ** (shift + 7) : value;
		}
		throw new MalformedBinary('a number is too long');
	}

	take(length: number): Uint8Array {
		if (length > this.end - this.at) throw new MalformedBinary('it ends too early');
		const taken = this.bytes.subarray(this.at, this.at + length);
		this.at += length;
		return taken;
	}

	name(): string {
		const bytes = this.take(this.u32());
		try {
			return utf8.decode(bytes);
		} catch {
			throw new MalformedBinary('a name is not UTF-8');
		}
	}

	private leb(longest: number): bigint {
		let value = 0n;
		for (let index = 0; index < longest; index += 1) {
			const byte = this.byte();
			value |= BigInt(byte & 0x7f) << BigInt(7 * index);
			if (byte < 0x80) return value;
		}
		throw new MalformedBinary('a number is too long');
	}
}

/** An unsigned number as LEB128. */
export function lebBytes(value: number | bigint): Uint8Array {
	const bytes: number[] = [];
	let rest = BigInt(value);
	do {
		const low = Number(rest & 0x7fn);
		rest >>= 7n;
		bytes.push(rest === 0n ? low : low | 0x80);
	} while (rest > 0n);
	return Uint8Array.from(bytes);
}
