import { itemAt } from '../core/item-at';
import asyncUrl from '../../author/engine-1/async.wasm?url';
import builderUrl from '../../author/engine-1/builder.wasm?url';
import first from '../../author/engine-1/engine.json';
import second from '../../author/engine-2/engine.json';
import syncUrl from '../../author/engine-1/sync.wasm?url';

/** Whether an engine can suspend: `async` is for worlds with asynchronous functions, streams or futures. */
export type EngineKind = 'sync' | 'async';

/** A file of an engine as the site serves it. */
export interface EngineFile {
	readonly url: string;
	readonly sha256: string;
	readonly size: number;
}

/**
 * What sources are built with: the same source gives the same bytes under the same engine. One that was published stays, for links name it.
 */
export interface AuthorEngine {
	readonly id: string;
	/** Its folder in `author`, with its prelude. */
	readonly folder: string;
	/** It holds what a script exports against the world once the script has run. */
	readonly checksExports: boolean;
	readonly builder: EngineFile;
	readonly sync: EngineFile;
	readonly async: EngineFile;
}

/** The oldest first. An engine whose WebAssembly is that of an earlier one takes the earlier one's files. */
export const authorEngines: readonly AuthorEngine[] = [
	{
		id: 'qjs-1',
		folder: 'engine-1',
		checksExports: false,
		builder: { url: builderUrl, ...first['builder.wasm'] },
		sync: { url: syncUrl, ...first['sync.wasm'] },
		async: { url: asyncUrl, ...first['async.wasm'] },
	},
	{
		id: 'qjs-2',
		folder: 'engine-2',
		checksExports: true,
		builder: { url: builderUrl, ...second['builder.wasm'] },
		sync: { url: syncUrl, ...second['sync.wasm'] },
		async: { url: asyncUrl, ...second['async.wasm'] },
	},
];

/** What is built with where nothing else is said. */
export const newestEngine = itemAt(authorEngines, -1);

export const authorEngine = (id: string | undefined): AuthorEngine | undefined =>
	id === undefined ? newestEngine : authorEngines.find((engine) => engine.id === id);
