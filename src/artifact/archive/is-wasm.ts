/** Whether bytes begin as WebAssembly does. */
export const isWasm = (bytes: Uint8Array): boolean =>
	bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
