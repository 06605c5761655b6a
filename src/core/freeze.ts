import { toBase64 } from './base64';
import type { FileTree } from './files';
import { matchRoute } from './routes';
import { describeWorld, worldOf } from './scenario/world';
import type { Outlet } from './outlet';
import type { Route, World } from './world';

/** A request that went out on the live network, and what came back. */
export interface MetResponse {
	readonly method: string;
	readonly url: string;
	readonly status: number;
	readonly headers: readonly (readonly [name: string, value: string])[];
	/** Null where it was too large to keep. */
	readonly body: Uint8Array | null;
	/** A `wasi:http` error code, where no answer came. */
	readonly failure?: string;
}

export interface FreezeOptions {
	/** The files that the frozen world starts from. */
	readonly files: FileTree;
	readonly met: readonly MetResponse[];
	/** The way out of the session: a frozen world is there to be shown. */
	readonly outlet: Outlet;
	/** Where a live clock is stopped, in ISO 8601. */
	readonly start: string;
	/** The milliseconds since the epoch of an instant in ISO 8601. */
	readonly timeOf: (instant: string) => number;
	/** For a live random source. */
	readonly seed: string;
}

export interface Frozen {
	readonly world: World;
	/** What could not be carried over exactly, a sentence each. */
	readonly remarks: readonly string[];
}

/**
 * A world that answers the same to everyone: clock and random source are fixed, the responses that were met are routes, and the network
 * answers by routes alone. What was fixed already stays as it is. The result is what a reader of its description gets, dates of files too.
 */
export function freezeWorld(
	world: World,
	{ files, met, outlet, start, timeOf, seed }: FreezeOptions,
): Frozen {
	const clock = world.clock === 'live' ? { start } : world.clock;
	const random = world.random === 'live' ? { seed } : world.random;
	const { routes, remarks } = world.network === 'routes' ? noRoutes : routesOf(met, outlet);
	// Where the network was live, the routes that were there had not been asked; where they were asked, they come first.
	const joined = world.network === 'live' ? [...routes, ...world.routes] : [...world.routes, ...routes];
	const frozen: World = { ...world, files, clock, random, network: 'routes', routes: joined };
	const described = worldOf(describeWorld(frozen), timeOf(clock.start));
	return { world: { ...described, variables: world.variables }, remarks };
}

/** Whether nothing in a world differs from one reader, or one day, to the next. */
export const isFrozen = (world: World): boolean =>
	world.clock !== 'live' && world.random !== 'live' && world.network === 'routes';

const noRoutes: { routes: readonly Route[]; remarks: readonly string[] } = { routes: [], remarks: [] };

function routesOf(met: readonly MetResponse[], outlet: Outlet): typeof noRoutes {
	const remarks = new Set<string>();
	const hide = (text: string): string => outlet.text(text);
	const first = new Map<string, MetResponse>();
	for (const response of met) {
		const key = `${response.method} ${response.url}`;
		const known = first.get(key);
		if (!known) first.set(key, response);
		else if (!sameAnswer(known, response))
			remarks.add(`${hide(key)} was answered in more than one way; its first answer is kept.`);
	}
	const routes = [...first.values()].flatMap((response): Route[] => {
		if (response.failure === undefined && response.body === null) {
			remarks.add(
				`The answer to ${response.method} ${hide(response.url)} was too large to keep, so it has no route.`,
			);
			return [];
		}
		const route = routeOf(response, outlet);
		if (matchRoute([route], response.method, response.url)) return [route];
		// A pattern has bounds that a URL has not.
		remarks.add(`No URL pattern says ${hide(response.url)}, so its answer has no route.`);
		return [];
	});
	// A pattern without a query matches every query, so it has to come after those that have one.
	const withQuery = (route: Route) => (route.url.includes('\\?') ? 0 : 1);
	return { routes: routes.sort((a, b) => withQuery(a) - withQuery(b)), remarks: [...remarks] };
}

function routeOf(response: MetResponse, outlet: Outlet): Route {
	const { method, status, failure, headers, body } = response;
	const url = patternFor(response.url, outlet);
	if (failure !== undefined) return { method, url, failure };
	return {
		method,
		url,
		...(status !== 200 && { status }),
		...(headers.length > 0 && {
			headers: headers.map(([name, value]) => [name, outlet.text(value)] as const),
		}),
		...(body && body.length > 0 && { body: bodyText(outlet.bytes(body)) }),
	};
}

function bodyText(body: Uint8Array): NonNullable<Route['body']> {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
	} catch {
		return { base64: toBase64(body) };
	}
}

/** The URL pattern that matches exactly this URL, save that it takes anything where a secret stands. */
export function patternFor(url: string, outlet?: Pick<Outlet, 'places'>): string {
	const [whole = ''] = url.split('#', 1);
	const [, origin = '', rest = ''] = /^([a-z]+:\/\/[^/?]*)([/?].*)?$/is.exec(whole) ?? [];
	const [, scheme = '', authority = ''] = /^([a-z]+:\/\/)(.*)$/is.exec(origin) ?? [];
	const host = authority.replace(/^\[(.*)\]/, (_, address: string) => `[${address.replaceAll(':', '\\:')}]`);
	let pattern = scheme + host;
	let at = 0;
	for (const { start, end } of [...(outlet?.places(rest) ?? []), { start: rest.length, end: rest.length }]) {
		pattern += rest.slice(at, start).replace(/[\\{}()[\]*+?:]/g, '\\$&') + (start < end ? '*' : '');
		at = end;
	}
	return pattern;
}

function sameAnswer(a: MetResponse, b: MetResponse): boolean {
	return (
		a.status === b.status &&
		a.failure === b.failure &&
		a.body?.length === b.body?.length &&
		(a.body?.every((byte, index) => byte === b.body?.[index]) ?? true)
	);
}
