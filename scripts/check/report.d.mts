import type * as Core from '../../src/command';

/** A policy file, and what is said of it. */
export type CheckedFile =
	| {
			readonly file: string;
			readonly ok: true;
			readonly report: Core.PolicyReport;
	  }
	| { readonly file: string; readonly ok: false; readonly error: string };

export declare function textReport(core: typeof Core, results: readonly CheckedFile[]): string;
export declare function jsonReport(results: readonly CheckedFile[]): string;
