/** What an import is for, as far as a person cares. */
export type AskKind =
	| 'storage'
	| 'network'
	| 'environment'
	| 'sockets'
	| 'clock'
	| 'random'
	| 'input'
	| 'output'
	| 'plumbing'
	| 'other';

/** One kind of thing that a component may ask for, and the imports that say so. */
export interface Ask {
	readonly kind: AskKind;
	/** By their names in the component, in its order. */
	readonly imports: readonly string[];
}

/** Interfaces by what they are for; `/*` is every interface of a package. The first that fits counts. */
const table: readonly (readonly [kind: AskKind, ...interfaces: string[]])[] = [
	['storage', 'wasi:filesystem/*'],
	// The types of HTTP come with exports too, and reach nothing.
	['plumbing', 'wasi:http/types', 'wasi:io/*', 'wasi:cli/exit', 'wasi:cli/terminal-*'],
	['network', 'wasi:http/*'],
	['sockets', 'wasi:sockets/*'],
	['environment', 'wasi:cli/environment', 'wasi:config/*'],
	['clock', 'wasi:clocks/*'],
	['random', 'wasi:random/*'],
	['input', 'wasi:cli/stdin'],
	['output', 'wasi:cli/stdout', 'wasi:cli/stderr', 'wasi:logging/*'],
];

const order: readonly AskKind[] = [
	...(['storage', 'network', 'environment', 'sockets'] as const),
	...(['clock', 'random', 'input', 'output', 'other', 'plumbing'] as const),
];

/** What a component may ask for, from the names of its imports: the kinds that matter most first, and only those that it imports. */
export function asksOf(imports: readonly string[]): readonly Ask[] {
	const found = new Map<AskKind, string[]>();
	for (const name of imports) {
		const kind = kindOf(name.replace(/@.*/s, ''));
		found.set(kind, [...(found.get(kind) ?? []), name]);
	}
	return order.flatMap((kind) => {
		const names = found.get(kind);
		return names ? [{ kind, imports: names }] : [];
	});
}

function kindOf(base: string): AskKind {
	const fits = (pattern: string) =>
		pattern.endsWith('*') ? base.startsWith(pattern.slice(0, -1)) : base === pattern;
	return table.find(([, ...patterns]) => patterns.some(fits))?.[0] ?? 'other';
}
