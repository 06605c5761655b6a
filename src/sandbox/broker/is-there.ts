/** How long to look for a server's life, in milliseconds. */
const probeMs = 5000;

/**
 * Whether a server answers at a URL, by asking for its head without reading the answer. Such a request cannot refuse redirects, so it is
 * made only in a document that can reach this one server and no other, and only once the page has decided on it.
 */
export async function isThere(url: string): Promise<boolean> {
	try {
		await fetch(url, {
			method: 'HEAD',
			mode: 'no-cors',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			cache: 'no-store',
			signal: AbortSignal.timeout(probeMs),
		});
		return true;
	} catch {
		return false;
	}
}
