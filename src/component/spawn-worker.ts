import type { TranspilerWorker } from './load-component';

/** Starts a transpiler worker in a browser. */
export const spawnTranspiler = (): TranspilerWorker =>
	new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'transpiler' });

/** Whether this browser can suspend WebAssembly while an import waits. */
export const loadMode = (): 'jspi' | 'sync' => ('Suspending' in WebAssembly ? 'jspi' : 'sync');
