/** Does something when the browser has nothing else to do, or after a second. Returns how to leave it. */
export function whenIdle(work: () => void): () => void {
	// Safari has none.
	if (!('requestIdleCallback' in window)) {
		const timer = setTimeout(work, 200);
		return () => clearTimeout(timer);
	}
	const asked = requestIdleCallback(work, { timeout: 1000 });
	return () => cancelIdleCallback(asked);
}
