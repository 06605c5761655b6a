/** Headers that a browser sets itself and whose absence changes what is asked for: a request with one is not sent. */
const refused = new Set(
	[
		'cookie cookie2 set-cookie host origin referer expect te trailer transfer-encoding upgrade connection keep-alive via',
		'access-control-request-headers access-control-request-method access-control-request-private-network',
	].flatMap((line) => line.split(' ')),
);

/** Headers that a browser sets itself and that only describe the sender: the request is sent without them, and that is noted. */
const dropped = new Set(['user-agent', 'accept-encoding', 'accept-charset', 'date', 'dnt', 'content-length']);

export interface SortedHeaders {
	/** What a browser sends as it is given. */
	readonly sent: readonly (readonly [name: string, value: string])[];
	readonly dropped: readonly string[];
	readonly refused: readonly string[];
}

/** Sorts the headers of a request by what a browser would do with them; left to itself it would leave out some without a word. */
export function sortHeaders(headers: readonly (readonly [string, string])[]): SortedHeaders {
	const is = (name: string) => {
		const key = name.toLowerCase();
		if (refused.has(key) || key.startsWith('sec-') || key.startsWith('proxy-')) return 'refused';
		return dropped.has(key) ? 'dropped' : 'sent';
	};
	const named = (kind: 'dropped' | 'refused') => [
		...new Set(headers.flatMap(([name]) => (is(name) === kind ? [name.toLowerCase()] : []))),
	];
	return {
		sent: headers.filter(([name]) => is(name) === 'sent'),
		// What a browser says of the length is the same.
		dropped: named('dropped').filter((name) => name !== 'content-length'),
		refused: named('refused'),
	};
}
