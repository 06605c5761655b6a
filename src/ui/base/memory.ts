import type { Outgoing } from '../../core/outlet';

/**
 * Small preferences kept in the browser's storage. Where that is absent, full or refused, nothing is kept and nothing fails.
 */
export function recall<T>(key: string, accepts: (value: unknown) => value is T, fallback: T): T {
	return recallIn(() => localStorage, key, accepts, fallback);
}

/** What may be kept: numbers and switches, and what an outlet let go. */
type Memorable = boolean | number | { readonly [key: string]: boolean | number } | Outgoing<unknown>;

/** The same for what is of this tab alone, and gone with it. */
export function recallInTab<T>(key: string, accepts: (value: unknown) => value is T, fallback: T): T {
	return recallIn(() => sessionStorage, key, accepts, fallback);
}

export function rememberInTab(key: string, value: Memorable): void {
	rememberIn(() => sessionStorage, key, value);
}

/** Keeps a plain JSON value under a key of ours. */
export function remember(key: string, value: Memorable): void {
	rememberIn(() => localStorage, key, value);
}

function recallIn<T>(
	storage: () => Storage,
	key: string,
	accepts: (value: unknown) => value is T,
	fallback: T,
): T {
	try {
		const text = storage().getItem(`tapedeck:${key}`);
		if (text === null) return fallback;
		const value: unknown = JSON.parse(text);
		return accepts(value) ? value : fallback;
	} catch {
		return fallback;
	}
}

function rememberIn(storage: () => Storage, key: string, value: Memorable): void {
	try {
		storage().setItem(`tapedeck:${key}`, JSON.stringify(value));
	} catch {
		// What cannot be kept is not worth a message.
	}
}
