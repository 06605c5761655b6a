/** The largest component that is loaded, in bytes. */
export const maximumComponentBytes = 32 * 2 ** 20;

/** What to tell whoever has a larger file than the `limit`, in bytes. */
export const tooLargeMessage = (bytes: number, limit = maximumComponentBytes): string =>
	`This file has ${Math.ceil(bytes / 2 ** 20)} MiB; up to ${limit / 2 ** 20} MiB can be loaded.${
		limit === maximumComponentBytes ? ' Build it in release mode and strip it (wasm-tools strip).' : ''
	}`;
