import type { Program } from './program';

/** Whether this browser can suspend WebAssembly while an import waits. */
export const loadMode = (): Program['mode'] => ('Suspending' in WebAssembly ? 'jspi' : 'sync');
