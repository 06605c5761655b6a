/** How long a page that is just being left may take to let go of its session. */
const patienceMs = 500;

const releases = new Map<string, () => void>();

/**
 * Claims a session for this tab; false where another tab has it. It is let go when the page goes away. Where the browser has no locks
 * every claim succeeds, and the tab that writes last is the one whose session is kept.
 */
export function holdSession(id: string): Promise<boolean> {
	if (!('locks' in navigator)) return Promise.resolve(true);
	return new Promise((resolve) => {
		navigator.locks
			.request(`tapedeck:${id}`, { signal: AbortSignal.timeout(patienceMs) }, () => {
				resolve(true);
				return new Promise<void>((release) => releases.set(id, release));
			})
			.catch((error: unknown) =>
				resolve(!(error instanceof DOMException && ['TimeoutError', 'AbortError'].includes(error.name))),
			);
	});
}

/** Lets go of a session that this tab had claimed. */
export function releaseSession(id: string): void {
	releases.get(id)?.();
	releases.delete(id);
}

/** A session of the list that this tab may go on with. */
export interface Claim {
	/** Goes on with it, at the moment when it is in the deck. */
	readonly land: () => void;
	/** Leaves it as it is. */
	readonly leave: () => void;
}
