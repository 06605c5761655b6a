/** Longest wait for a quiet moment, in milliseconds. */
const mostMs = 300;

/** Does something once the browser has nothing more urgent to do, after a moment at the latest. Returns what calls it off. */
export function whenIdle(act: () => void): () => void {
	// Safari has no idle callbacks.
	if (typeof requestIdleCallback === 'undefined') {
		const timer = setTimeout(act, mostMs / 3);
		return () => clearTimeout(timer);
	}
	const handle = requestIdleCallback(act, { timeout: mostMs });
	return () => cancelIdleCallback(handle);
}
