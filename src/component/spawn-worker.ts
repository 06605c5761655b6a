import type { TranspilerWorker } from './load-component';
import workerUrl from './worker.ts?worker&url';

/** Starts a transpiler worker in a browser. */
export const spawnTranspiler = (): TranspilerWorker =>
	new Worker(workerUrl, { type: 'module', name: 'transpiler' });

/**
 * Names the transpiler exactly: the name of the built worker carries a hash of all that it is made of. Null in development, where it does
 * not.
 */
export const transpilerName: string | null = import.meta.env.DEV ? null : workerUrl.replace(/^.*\//, '');
