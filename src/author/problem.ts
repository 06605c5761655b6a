/** Why no component came of a source. Lines and columns count from 1; both are absent where no place is to blame. */
export interface BuildProblem {
	/** Which text: the WIT, the JavaScript or WebAssembly text; null for the build as a whole. */
	readonly in: 'wit' | 'source' | null;
	readonly message: string;
	readonly line?: number;
	readonly column?: number;
	readonly endColumn?: number;
}
