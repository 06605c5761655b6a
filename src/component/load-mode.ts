import type { Program } from './program';

/** How a browser runs a component that waits: `jspi` suspends it, `sync` cannot. */
export type LoadMode = Program['mode'];

/** Whether this browser can suspend WebAssembly while an import waits. */
export const loadMode = (): LoadMode => ('Suspending' in WebAssembly ? 'jspi' : 'sync');
