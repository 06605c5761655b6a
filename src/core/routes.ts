import { parsePattern, type UrlPattern } from './url-pattern';
import type { Route } from './world';

const compiled = new WeakMap<Route, UrlPattern | null>();

/**
 * The first route for this request, in the order of the list; null where none matches. A pattern that cannot be used (`checkPattern`)
 * matches nothing.
 */
export function matchRoute(routes: readonly Route[], method: string, url: string): Route | null {
	const wanted = method.toUpperCase();
	const parsed = URL.canParse(url) ? new URL(url) : null;
	if (!parsed) return null;
	return (
		routes.find((route) => {
			if (route.method && route.method.toUpperCase() !== wanted) return false;
			return patternOf(route)?.matches(parsed) ?? false;
		}) ?? null
	);
}

/** Whether a text is a pattern that a route can have; if not, why, as a sentence. */
export function checkPattern(text: string): string | null {
	const parsed = parsePattern(text);
	return parsed.ok ? null : parsed.error;
}

function patternOf(route: Route): UrlPattern | null {
	let pattern = compiled.get(route);
	if (pattern === undefined) {
		const parsed = parsePattern(route.url);
		pattern = parsed.ok ? parsed.value : null;
		compiled.set(route, pattern);
	}
	return pattern;
}
