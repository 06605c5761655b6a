// Math.random and crypto. The numbers of a snapshot would be the same in every call: they begin anew with the first that a call asks for.
import systemRandom from 'wasi:random/random@0.2.12';
let randomState = null;
let hasStarted = false;
globalThis.__started = () => {
	hasStarted = true;
	randomState = null;
	delete globalThis.__started;
};
Math.random = () => {
	randomState ??= hasStarted ? systemRandom.getRandomU64() : 1n;
	randomState = (randomState + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
	let mixed = randomState;
	mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
	mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
	mixed ^= mixed >> 31n;
	return Number(mixed >> 11n) / 2 ** 53;
};
globalThis.crypto ??= {
	getRandomValues(array) {
		const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
		view.set(systemRandom.getRandomBytes(BigInt(view.length)));
		return array;
	},
	randomUUID() {
		const bytes = this.getRandomValues(new Uint8Array(16));
		bytes[6] = (bytes[6] & 0x0f) | 0x40;
		bytes[8] = (bytes[8] & 0x3f) | 0x80;
		const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
		return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	},
};
