import type * as Core from '../../src/command';
import type { CheckedFile } from './report.mjs';

/** Resolves with the exit code. `core` is what decides; default the built one. */
export declare function check(words: readonly string[], core?: typeof Core): Promise<0 | 1 | 2>;
export declare function exitCode(
	results: readonly CheckedFile[],
	options: { readonly failOn: 'warning' | 'error' },
): 0 | 1 | 2;
