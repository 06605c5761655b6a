export interface VerifyArguments {
	readonly files: readonly string[];
	readonly components: ReadonlyMap<string, string>;
	/** Policy files by component. */
	readonly policies: ReadonlyMap<string, string>;
	readonly fetch: boolean;
	readonly liveNetwork: boolean;
	readonly bail: boolean;
	readonly watch: boolean;
	readonly json: boolean;
	readonly annotations: boolean;
	readonly junit: string | null;
	/** A binary to play the calls against, and a C library for it. */
	readonly wassette: string | null;
	readonly libraries: string | null;
	/** Milliseconds that one file may take. */
	readonly timeoutMs: number;
	readonly help: boolean;
}

export declare const usage: string;
export declare function parseArguments(
	words: readonly string[],
): { readonly ok: true; readonly options: VerifyArguments } | { readonly ok: false; readonly error: string };
