import type * as Core from '../../src/command';

/** Resolves with the exit code. `core` is what decides; default the built one. */
export declare function diff(words: readonly string[], core?: typeof Core): Promise<0 | 1 | 2>;
