/*
 * AssemblyScript: TypeScript's syntax, compiled ahead of time. There is no bindings generator for it, so this file speaks the canonical ABI
 * itself: what arrives and leaves are addresses and lengths, and strings are UTF-16, as AssemblyScript keeps them.
 */
import { sha256 as digest } from './sha256';
import { toHex } from './hex';

@external('wasi:random/random@0.2.0', 'get-random-bytes')
declare function getRandomBytes(length: u64, result: usize): void;

/** The canonical ABI has the caller allocate in our memory: for arguments, and for lists that imports return. */
export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
	// A garbage-collected heap would move or free what nobody here refers to; __alloc is outside of it.
	return old == 0 ? heap.alloc(size) : heap.realloc(old, size);
}

// A result of more than one word is written to memory, and its address returned. One place is enough: calls do not overlap.
const resultArea = memory.data(12, 8);

const maxBytes: u32 = 1024;

function randomBytes(length: u32): Uint8Array {
	const list = memory.data(8, 4);
	getRandomBytes(length, list);
	const address = load<u32>(list);
	const bytes = new Uint8Array(length);
	memory.copy(bytes.dataStart, address, length);
	heap.free(address);
	return bytes;
}

// Text that was returned last. The reference keeps the collector from freeing it before the host has read it.
let returned = '';

function returnString(text: string, at: usize): usize {
	returned = text;
	store<u32>(at, <u32>changetype<usize>(text));
	store<u32>(at, <u32>text.length, 4);
	return resultArea;
}

export function sha256(address: usize, length: usize): usize {
	// The length counts UTF-16 code units, of two bytes each.
	const text = String.UTF16.decodeUnsafe(address, length << 1);
	heap.free(address);
	return returnString(toHex(digest(Uint8Array.wrap(String.UTF8.encode(text)))), resultArea);
}

export function random(bytes: u32): usize {
	const tooMany = bytes > maxBytes;
	store<u8>(resultArea, tooMany ? 1 : 0);
	const text = tooMany ? `At most ${maxBytes} bytes` : toHex(randomBytes(bytes));
	return returnString(text, resultArea + 4);
}

export function uuid(): usize {
	const bytes = randomBytes(16);
	bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4
	bytes[8] = (bytes[8] & 0x3f) | 0x80; // the variant of RFC 9562
	const hex = toHex(bytes);
	const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
	return returnString(parts.join('-'), resultArea);
}
