/** The next 32 bits of xoshiro128** 1.1 (Blackman and Vigna, 2018), whose state of four words moves on. */
export function nextWord(state: Uint32Array): number {
	const [a, b, c, d] = state as unknown as [number, number, number, number];
	const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
	const c1 = c ^ a;
	const d1 = d ^ b;
	state[1] = b ^ c1;
	state[0] = a ^ d1;
	state[2] = c1 ^ (b << 9);
	state[3] = rotate(d1, 11);
	return result;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
