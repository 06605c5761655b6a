import { nextWord } from './xoshiro';

/**
 * Bytes that a seed text determines: xoshiro128** 1.1 (Blackman and Vigna, 2018), its state four 32-bit FNV-1a hashes of the seed's UTF-8,
 * each finished as MurmurHash3 finishes one. Fit for repeating a call exactly, and for nothing that must not be guessed.
 */
export function seededBytes(seed: string): (length: number) => Uint8Array {
	const text = new TextEncoder().encode(seed);
	const state = Uint32Array.from([1, 2, 3, 4], (lane) => finish(fnv1a(text, lane)));
	// The one state from which the generator never gets away.
	if (state.every((word) => word === 0)) state[0] = 1;
	return (length) => {
		const words = new Uint32Array(Math.ceil(length / 4));
		for (let index = 0; index < words.length; index++) words[index] = nextWord(state);
		const bytes = new Uint8Array(words.length * 4);
		const view = new DataView(bytes.buffer);
		words.forEach((word, index) => view.setUint32(index * 4, word, true));
		return bytes.slice(0, length);
	};
}

function fnv1a(bytes: Uint8Array, lane: number): number {
	let hash = Math.imul(0x811c9dc5 ^ lane, 0x01000193);
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return hash;
}

function finish(hash: number): number {
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
