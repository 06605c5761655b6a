/** A binary that is shut in; the parts that TypeScript uses. */
export interface Confined {
	readonly root: string;
	clear(): void;
	run(
		words: readonly string[],
	): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
	start(
		words: readonly string[],
		onEvent: (event: { readonly event: 'out' | 'err' | 'end'; readonly text?: string }) => void,
	): { kill(): void };
	close(): Promise<void>;
}

export declare function confine(what: {
	readonly binary: string;
	readonly libraries: string | null;
}): Promise<
	{ readonly ok: true; readonly confined: Confined } | { readonly ok: false; readonly error: string }
>;
