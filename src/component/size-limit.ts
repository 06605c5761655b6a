/** The largest component that is loaded, in bytes. */
export const maximumComponentBytes = 32 * 2 ** 20;

/** What to tell whoever has a larger one. */
export const tooLargeMessage = (bytes: number): string =>
	`This file has ${Math.ceil(bytes / 2 ** 20)} MiB; components of up to ${maximumComponentBytes / 2 ** 20} MiB can be loaded. ` +
	'Build it in release mode and strip it (wasm-tools strip).';
