// structuredClone, of plain data.
globalThis.structuredClone ??= (value) => {
	const known = new Map();
	const copy = (part) => {
		if (typeof part === 'function' || typeof part === 'symbol') throw new TypeError('This cannot be cloned.');
		if (typeof part !== 'object' || part === null) return part;
		if (known.has(part)) return known.get(part);
		if (part instanceof Date) return new Date(part);
		if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) return part.slice();
		const made = Array.isArray(part)
			? []
			: part instanceof Map
				? new Map()
				: part instanceof Set
					? new Set()
					: {};
		known.set(part, made);
		if (part instanceof Map) for (const [key, item] of part) made.set(copy(key), copy(item));
		else if (part instanceof Set) for (const item of part) made.add(copy(item));
		else for (const key of Object.keys(part)) made[key] = copy(part[key]);
		return made;
	};
	return copy(value);
};
