import asyncUrl from '../../author/engine-1/async.wasm?url';
import builderUrl from '../../author/engine-1/builder.wasm?url';
import files from '../../author/engine-1/engine.json';
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
	readonly builder: EngineFile;
	readonly sync: EngineFile;
	readonly async: EngineFile;
}

/** The oldest first. */
export const authorEngines: readonly AuthorEngine[] = [
	{
		id: 'qjs-1',
		builder: { url: builderUrl, ...files['builder.wasm'] },
		sync: { url: syncUrl, ...files['sync.wasm'] },
		async: { url: asyncUrl, ...files['async.wasm'] },
	},
];

/** What is built with where nothing else is said. */
export const newestEngine = authorEngines.at(-1)!;

export const authorEngine = (id: string | undefined): AuthorEngine | undefined =>
	id === undefined ? newestEngine : authorEngines.find((engine) => engine.id === id);
