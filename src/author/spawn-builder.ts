import type { BuilderWorker } from './ask-builder';
import workerUrl from './builder-worker.ts?worker&url';

/** Starts the worker of an engine in a browser. */
export const spawnBuilder = (engine: string): BuilderWorker =>
	new Worker(workerUrl, { type: 'module', name: engine });
