const source = /^https?:(?:\/\/(?:\*\.)?[a-z0-9_.-]+:(?:\d{1,5}|\*))?$/;

/**
 * Adds a CSP to the document by which it can reach the given sources only, redirects included. It narrows the one that the document came
 * with, and nothing can widen it again. Throws on a source that is not one of ours, where a CSP would be read as something else.
 */
export function restrict(document: Document, sources: readonly string[]): void {
	const wrong = sources.find((text) => !source.test(text));
	if (wrong !== undefined) throw new Error(`not a source: ${wrong}`);
	const policy = document.createElement('meta');
	policy.httpEquiv = 'Content-Security-Policy';
	policy.content = `connect-src ${sources.length > 0 ? sources.join(' ') : "'none'"}`;
	// Only in the head does it count.
	document.head.append(policy);
}
