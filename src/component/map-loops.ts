/**
 * Generated code in which each loop over the entries of a map has a counter of its own. The transpiler declares the counter beside the loop:
 * in another loop that takes the name from that one's, and beside a second map it stands there twice.
 */
export const withOwnCounters = (source: string): string =>
	source.replace(
		/let i = 0;\s*for \(const \[key, value\] of (entries\d+)\) \{/g,
		// What it is raised by at the end of the body is thrown away with it.
		'for (let [i, [key, value]] of [...$1].entries()) {',
	);
