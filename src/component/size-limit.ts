import { most } from '../core/limits';

/** What to tell whoever has a larger file than the `limit`, in bytes. */
export const tooLargeMessage = (bytes: number, limit = most.componentBytes): string =>
	`This file has ${Math.ceil(bytes / 2 ** 20)} MiB; up to ${limit / 2 ** 20} MiB can be loaded.${
		limit === most.componentBytes ? ' Build it in release mode and strip it (wasm-tools strip).' : ''
	}`;
