/** What scripts and styles have to be sent as: a browser takes them as nothing else. */
const strict: { readonly [ending: string]: RegExp } = {
	html: /^text\/html\b/i,
	js: /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/i,
	css: /^text\/css\b/i,
};

/**
 * Whether a response is the file that the site was built with, and not what somebody on the way answered in its place, such as the page of a
 * network that wants a sign-in: of a fitting type, and with the digest (`sha256-` and base64) that the list of files names. `name` is the
 * file's path. Reads a copy.
 */
export async function isIntact(response: Response, name: string, integrity: string): Promise<boolean> {
	if (response.status !== 200 || !isFitting(name, response.headers.get('content-type') ?? '')) return false;
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
	return `sha256-${btoa(String.fromCharCode(...digest))}` === integrity;
}

/** Hosts do not agree on the types of the other files; none of them is a page. */
function isFitting(name: string, type: string): boolean {
	const wanted = strict[/\.([^.]*)$/.exec(name)?.[1] ?? ''];
	return wanted ? wanted.test(type) : !/^text\/html\b/i.test(type);
}
