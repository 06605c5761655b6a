import type { Outgoing } from '../../core/outlet';

/**
 * Small preferences kept in the browser's storage. Where that is absent, full or refused, nothing is kept and nothing fails.
 */
export function recall<T>(key: string, accepts: (value: unknown) => value is T, fallback: T): T {
	try {
		const text = localStorage.getItem(`tapedeck:${key}`);
		if (text === null) return fallback;
		const value: unknown = JSON.parse(text);
		return accepts(value) ? value : fallback;
	} catch {
		return fallback;
	}
}

/** What may be kept: numbers and switches, and what an outlet let go. */
type Memorable = boolean | number | { readonly [key: string]: boolean | number } | Outgoing<unknown>;

/** Keeps a plain JSON value under a key of ours. */
export function remember(key: string, value: Memorable): void {
	try {
		localStorage.setItem(`tapedeck:${key}`, JSON.stringify(value));
	} catch {
		// A preference that cannot be kept is not worth a message.
	}
}
