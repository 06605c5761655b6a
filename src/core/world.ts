import type { FileTree } from './files';

/** A canned HTTP response. */
export interface Route {
	/** Upper case; absent: every method. */
	readonly method?: string;
	/** URLPattern syntax. */
	readonly url: string;
	/** Default 200. */
	readonly status?: number;
	readonly headers?: readonly (readonly [name: string, value: string])[];
	readonly body?: string | { readonly base64: string };
	readonly delayMs?: number;
	/** A `wasi:http` error code to fail with instead of answering, such as `connection-refused`. */
	readonly failure?: string;
}

export type NetworkMode = 'live' | 'routes-then-live' | 'routes';

/** What host calls answer from. The network is live unless `network` says otherwise. */
export interface World {
	readonly files: FileTree;
	readonly variables: ReadonlyMap<string, { readonly value: string; readonly secret: boolean }>;
	readonly routes: readonly Route[];
	readonly network: NetworkMode;
	readonly clock: 'live' | { readonly start: string };
	readonly random: 'live' | { readonly seed: string };
	/** What `get-arguments` answers. */
	readonly arguments: readonly string[];
	/** See paths outside every preopen; default true. */
	readonly decoyRoot: boolean;
}

/** A world with nothing in it but an empty root directory, and the live network, clock and random source. */
export const emptyWorld: World = {
	files: new Map([['/', { kind: 'directory', modified: 0 }]]),
	variables: new Map(),
	routes: [],
	network: 'live',
	clock: 'live',
	random: 'live',
	arguments: [],
	decoyRoot: true,
};
