/** The value of a key. Throws `RangeError` where there is none: whoever asks has put it there. */
export function keptFor<K, V>(map: { get(key: K): V | undefined }, key: K): V {
	const value = map.get(key);
	if (value === undefined) throw new RangeError(`nothing is kept for ${String(key)}`);
	return value;
}
