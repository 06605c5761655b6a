/** The item at an index, from the end where that is negative. Throws `RangeError` where there is none: whoever asks has counted. */
export function itemAt<T>(
	list: { readonly length: number; at(index: number): T | undefined },
	index: number,
): T {
	const item = list.at(index);
	if (item === undefined) throw new RangeError(`no item ${index} of ${list.length}`);
	return item;
}
