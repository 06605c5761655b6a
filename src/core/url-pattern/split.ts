import { itemAt } from '../item-at';
import { PatternProblem, type Token } from './tokens';

/** The tokens of each component of a URL pattern; null for those that it does not name. */
export interface SplitPattern {
	readonly protocol: readonly Token[];
	readonly hostname: readonly Token[];
	readonly port: readonly Token[] | null;
	readonly pathname: readonly Token[] | null;
	readonly search: readonly Token[] | null;
	readonly hash: readonly Token[] | null;
}

type Component = keyof SplitPattern;

/**
 * Cuts a pattern into components, as URLPattern does: only outside of groups, and at a question mark only where it is no modifier of what
 * stands before it. Throws a `PatternProblem` where it names no scheme and host, or a user.
 */
export function splitPattern(tokens: readonly Token[]): SplitPattern {
	const scheme = tokens.findIndex(
		(token, at) => isText(token, ':') && isText(tokens[at + 1], '/') && isText(tokens[at + 2], '/'),
	);
	if (scheme < 1)
		throw new PatternProblem('It names no scheme. Write for example https://api.example.com/v1/*.');
	const hostname: Token[] = [];
	const found: Record<Component, Token[] | null> = {
		protocol: tokens.slice(0, scheme),
		hostname,
		port: null,
		pathname: null,
		search: null,
		hash: null,
	};
	let component: Component = 'hostname';
	let depth = 0;
	let brackets = 0;
	let open = hostname;
	for (let at = scheme + 3; at < tokens.length; at += 1) {
		const token = itemAt(tokens, at);
		const inAuthority = component === 'hostname' || component === 'port';
		if (token.kind === 'open') depth += 1;
		else if (token.kind === 'close') depth -= 1;
		else if (depth <= 0) {
			if (inAuthority && isText(token, '@'))
				throw new PatternProblem('It names a user, which no request has.');
			if (isText(token, '[')) brackets += 1;
			if (isText(token, ']')) brackets -= 1;
			const next = nextComponent(component, token, tokens[at - 1], brackets > 0);
			if (next) {
				component = next;
				found[component] = open = next === 'pathname' ? [token] : [];
				continue;
			}
		}
		open.push(token);
	}
	if (hostname.length === 0)
		throw new PatternProblem('It names no host. Write for example https://api.example.com/v1/*.');
	return found as SplitPattern;
}

/** The component that a token begins; null where it belongs to the one before. */
function nextComponent(
	component: Component,
	token: Token,
	before: Token | undefined,
	inBrackets: boolean,
): Component | null {
	if (component === 'hash') return null;
	if (isText(token, '#')) return 'hash';
	if (component === 'search') return null;
	if (beginsSearch(token, before)) return 'search';
	if (component === 'pathname') return null;
	if (isText(token, '/')) return 'pathname';
	return component === 'hostname' && isText(token, ':') && !inBrackets ? 'port' : null;
}

const beginsSearch = (token: Token, before: Token | undefined): boolean =>
	token.text === '?' &&
	(token.kind === 'text' ||
		(token.kind === 'modifier' && !['name', 'close', 'star'].includes(before?.kind ?? '')));

const isText = (token: Token | undefined, text: string): boolean =>
	token?.kind === 'text' && token.text === text;
