/** Tasks that work is cut into. */
export interface Turns {
	/** Whether the current one has worked long enough. */
	spent(): boolean;
	/** Resolves in a new one. */
	next(): Promise<void>;
}
