import { fromBase64 } from '../core/base64';
import type { HostCall } from '../core/activity';
import type { PortResponse, PortRequest, Probe } from '../core/call';
import { createGate, type Grants } from '../core/policy';
import { matchRoute } from '../core/routes';
import { parseUrl } from '../core/url';
import type { Route, World } from '../core/world';
import type { LiveResponses } from './live-responses';

/** Performs a request that was decided, on the live network. */
export type FetchLive = (request: PortRequest, grants: Grants) => Promise<PortResponse>;

interface NetworkParts {
	readonly grants: Grants;
	readonly world: Pick<World, 'routes' | 'network'>;
	readonly fetchLive: FetchLive;
	/** Gives the id of the entry, where a record is kept. */
	readonly record: (call: HostCall) => number | undefined;
	/** Keeps live responses by the id of their entry; none are kept without it. */
	readonly responses?: Pick<LiveResponses, 'watch'>;
	/** Milliseconds since the call started. */
	readonly elapsed: () => number;
	readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Answers the requests of one call, on the page: it decides again whatever the sandbox has decided, and its verdict is the one that
 * counts. Then a route answers, or the live network, as the world says. Every request is recorded once, with what became of it.
 */
export function createNetwork(parts: NetworkParts): (request: PortRequest) => Promise<PortResponse> {
	const { grants, record, elapsed } = parts;

	return async (request) => {
		const at = elapsed();
		const parsed = parseUrl(request.url);
		const target = parsed.ok ? parsed.value.href : request.url;
		let decision: Pick<HostCall, 'outcome' | 'rule' | 'reason'> = {
			outcome: 'deny',
			rule: null,
			reason: 'invalid-request',
		};
		const gate = createGate(grants, (made) => (decision = made));
		// Decided on the text as the guest wrote it, which the releases compare; what is fetched is that text as it was parsed.
		const granted = parsed.ok && gate({ kind: 'network', method: request.method, url: request.url }).ok;

		const answer = granted ? await serve({ ...request, url: target }, parts) : denied;
		const id = record({
			capability: 'network',
			operation: request.method,
			target,
			outcome: decision.outcome,
			rule: decision.rule,
			reason: decision.reason,
			result: answer.response.ok ? String(answer.response.status) : answer.response.error.tag,
			detail: answer.detail,
			at,
			duration: elapsed() - at,
		});
		const response =
			answer.isLive && parts.responses && id !== undefined
				? parts.responses.watch(id, { ...request, url: target }, answer.response)
				: answer.response;
		if (response.ok) return response;
		const { error, probe } = response;
		if (probe) record(probeRow(probe, target, elapsed()));
		return { ok: false, error };
	};
}

/** The row of a request that the page sent of its own accord. */
const probeRow = ({ decision, isThere, duration }: Probe, target: string, now: number): HostCall => ({
	capability: 'network',
	operation: 'HEAD',
	target,
	outcome: decision.outcome,
	rule: decision.rule,
	reason: decision.reason,
	result: isThere ? 'answered' : 'no answer',
	detail:
		'Sent by this page, to find out whether a server is there whose answers no page may read. The component sees nothing of it.',
	at: now - duration,
	duration,
});

interface Answer {
	readonly response: PortResponse;
	readonly detail?: string;
	/** It came over the network. */
	readonly isLive?: boolean;
}

const failure = (tag: string, val?: unknown): PortResponse => ({ ok: false, error: { tag, val } });
const denied: Answer = { response: failure('HTTP-request-denied') };

async function serve(
	request: PortRequest,
	{ world, grants, fetchLive, wait }: NetworkParts,
): Promise<Answer> {
	const route = world.network === 'live' ? null : matchRoute(world.routes, request.method, request.url);
	if (route) {
		if (route.delayMs) await wait(route.delayMs);
		return {
			response: route.failure ? failure(route.failure) : responseOf(route, request.method),
			detail: `Answered by the route ${route.url}`,
		};
	}
	if (world.network === 'routes') {
		return {
			response: failure('destination-not-found'),
			detail: 'No route matches, and this world has no live network.',
		};
	}
	const response = await fetchLive(request, grants);
	return { response, detail: response.ok ? response.note : response.error.detail, isLive: true };
}

function responseOf(route: Route, method: string): PortResponse {
	// As a server does it: a HEAD is answered by what the GET would be, without its body.
	let rest: Uint8Array | null = method === 'HEAD' ? null : bodyOf(route);
	return {
		ok: true,
		status: route.status ?? 200,
		headers: route.headers ?? [],
		read: async () => {
			const chunk = rest;
			rest = null;
			return chunk;
		},
		cancel: () => (rest = null),
	};
}

function bodyOf({ body }: Route): Uint8Array | null {
	if (body === undefined) return null;
	if (typeof body === 'string') return new TextEncoder().encode(body);
	return fromBase64(body.base64);
}
