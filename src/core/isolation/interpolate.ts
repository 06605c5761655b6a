/** A text with its variables put in, and what went wrong on the way. */
export interface Interpolated {
	readonly text: string;
	/** Names that have no value and no default; they count as empty. */
	readonly unset: readonly string[];
	/** What a `${NAME:?message}` without a value says; then compose starts nothing. */
	readonly refusal: string | null;
}

const reference =
	/\$(?:(?<escaped>\$)|(?<bare>[A-Za-z_][A-Za-z0-9_]*)|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?:(?<operator>:?[-?+])(?<rest>[^{}]*))?\})/g;

/** Puts values in the place of `$NAME`, `${NAME}` and their forms with a default, as compose does before it reads a value. `$$` is a dollar. */
export function interpolate(text: string, valueOf: (name: string) => string | undefined): Interpolated {
	const unset: string[] = [];
	let refusal: string | null = null;
	const put = (...args: unknown[]): string => {
		const {
			escaped,
			bare,
			name = bare ?? '',
			operator,
			rest = '',
		} = args.at(-1) as Record<string, string | undefined>;
		if (escaped) return '$';
		const value = valueOf(name);
		const isThere = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
		switch (operator?.at(-1)) {
			case '-':
				return isThere && value !== undefined ? value : rest;
			case '+':
				return isThere ? rest : '';
			case '?':
				if (!isThere) refusal ??= rest || `the variable ${name} has no value`;
				return value ?? '';
			default:
				if (value === undefined) unset.push(name);
				return value ?? '';
		}
	};
	return { text: text.replace(reference, put), unset, refusal };
}
