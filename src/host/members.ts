/** What a function's name says of it. */
interface Member {
	readonly kind: 'constructor' | 'method' | 'static' | 'function';
	readonly resource: string | null;
	readonly name: string;
}

/** Reads `[method]bucket.get`, `[static]bucket.open`, `[constructor]bucket` and plain `open`. */
export function memberNamed(name: string): Member {
	const [, kind, resource, rest] = /^\[(constructor|method|static)\]([^.]*)(?:\.(.*))?$/.exec(name) ?? [];
	if (kind === undefined) return { kind: 'function', resource: null, name };
	return { kind: kind as Member['kind'], resource: resource ?? '', name: rest ?? '' };
}
