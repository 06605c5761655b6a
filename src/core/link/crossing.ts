/**
 * A value as it crosses between two components: positions instead of names, so that whoever carries it can hold it against its type, and
 * nothing of one sandbox but plain data gets into another. Records, tuples, lists, flags (booleans) and maps (pairs) are lists; a variant is
 * its case's name and perhaps its payload; an option has no item or one; a result is 0 or 1 and perhaps its payload; a list of bytes is
 * bytes; a resource is a `CrossHandle`.
 */
export type CrossValue = null | boolean | number | bigint | string | Uint8Array | readonly CrossValue[];

/** A resource where it crosses: 0 and its number among those of the component that has it, or 1 and what its holder was given for it. */
export type CrossHandle = readonly [whose: 0 | 1, number: number];

/** One component calls a function that another provides. */
export interface Crossing {
	/** Which of the caller's provided imports. */
	readonly import: number;
	/** Which of its functions. */
	readonly fn: number;
	/** One for each parameter. */
	readonly args: readonly CrossValue[];
}

/** What came of it: what the function gave, or why there is nothing, as a sentence. */
export type CrossAnswer =
	{ readonly ok: true; readonly value: CrossValue } | { readonly ok: false; readonly message: string };
