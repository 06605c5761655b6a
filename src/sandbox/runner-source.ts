/** Where the runner's document comes from. */
export interface RunnerSource {
	/** Absolute. */
	readonly url: string;
	/** It comes inside a document on the page's own origin. */
	readonly isHeld: boolean;
}

/**
 * The runner for this page: by its own address, or, where a service worker is in charge of the page, inside a document that the worker has.
 * Workers serve no document with an origin of its own, so a page without a network could not start a sandbox otherwise.
 */
export function runnerSource(page: Document): RunnerSource {
	const isHeld = Boolean(page.defaultView?.navigator.serviceWorker?.controller);
	return { url: new URL(isHeld ? 'runner-host.html' : 'runner.html', page.baseURI).href, isHeld };
}
