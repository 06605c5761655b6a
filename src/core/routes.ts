import { URLPattern } from 'urlpattern-polyfill/urlpattern';
import type { Route } from './world';

const compiled = new WeakMap<Route, URLPattern | null>();

/** The first route for this request, in the order of the list; null where none matches. A pattern that does not parse matches nothing. */
export function matchRoute(routes: readonly Route[], method: string, url: string): Route | null {
	return (
		routes.find((route) => {
			if (route.method && route.method.toUpperCase() !== method.toUpperCase()) return false;
			return patternOf(route)?.test(url) ?? false;
		}) ?? null
	);
}

/** Whether a text is a URL pattern with a scheme and a host; if not, why. */
export function checkPattern(text: string): string | null {
	try {
		const pattern = new URLPattern(text);
		return pattern.hostname ? null : 'The pattern names no host.';
	} catch {
		return 'This is not a URL pattern. Write for example https://api.example.com/v1/*.';
	}
}

function patternOf(route: Route): URLPattern | null {
	let pattern = compiled.get(route);
	if (pattern === undefined) {
		try {
			pattern = new URLPattern(route.url);
		} catch {
			pattern = null;
		}
		compiled.set(route, pattern);
	}
	return pattern;
}
