const mostColons = 8;

/**
 * Whether a text is an authority as the library inside Wassette reads one: a host may stand in brackets, once; it has no percent sign
 * (a name before an `@` may) and one port at most.
 */
export function isAuthority(text: string): boolean {
	if (!/^[A-Za-z0-9\-._~!$&'()*+,;=:@%[\]]+$/.test(text) || text.endsWith('@')) return false;
	let colons = 0;
	let hasPercent = false;
	let brackets: 'none' | 'open' | 'closed' = 'none';
	for (const letter of text) {
		if (letter === '[' && (hasPercent || brackets !== 'none')) return false;
		if (letter === ']' && brackets !== 'open') return false;
		if (letter === ':' && colons >= mostColons) return false;
		if (letter === ':') colons += 1;
		else if (letter === '%') hasPercent = true;
		else if (letter === '[') brackets = 'open';
		else if (letter === ']') brackets = 'closed';
		if (letter === ']' || letter === '@') {
			colons = 0;
			hasPercent = false;
		}
	}
	return brackets !== 'open' && colons <= 1 && !hasPercent;
}
