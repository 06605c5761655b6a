import type { Outgoing } from '../../src/core/outlet';
import type { VerifyOutcome } from '../../src/verify/verify-scenario';

/** A scenario file, and what became of it. */
export interface FileResult {
	readonly file: string;
	readonly outcome: Outgoing<VerifyOutcome>;
}

export declare function exitCode(results: readonly FileResult[]): 0 | 1 | 2;
export declare function textReport(results: readonly FileResult[]): string;
export declare function jsonReport(results: readonly FileResult[]): string;
export declare function troubles(
	results: readonly FileResult[],
): readonly { readonly file: string; readonly message: string }[];
/** Takes nothing but what the outlet of a page let go. */
export declare function junitReport(results: readonly FileResult[]): string;
export declare function xml(text: string): string;
