import type { Limits, PortRequest } from '../../core/call';
import type { Granted } from '../../core/policy/rule/gate';
import type { Grants, NetworkRequest } from '../../core/policy/types';
import { canBeLookedUp, composeUrl, hostOfUnsendable, lacksItsPort } from '../../core/url';
import type { Ending } from '../ending';
import type { GuestGate } from '../gate';
import type { Waiter } from '../io/readiness';
import type { Recorder } from '../recorder';
import { askPort } from '../replay/answer';
import { LimitReached, type GuestPorts } from '../types';
import { toErrorCode, type ErrorCode } from './error-code';
import { Fields } from './fields';
import { FutureIncomingResponse } from './future-response';
import { IncomingResponse, type BodyBudget } from './incoming';
import { OutgoingBody, type BodyOutcome } from './outgoing-body';
import {
	OutgoingRequest,
	type Method,
	type RequestOptions,
	type RequestParts,
	type Scheme,
} from './outgoing';

/** The most bytes of header names and values together. */
const mostHeaderBytes = 16 * 2 ** 10;

export interface HandlerParts {
	readonly gate: GuestGate;
	readonly recorder: Recorder;
	readonly ending: Ending;
	readonly waiter: Waiter;
	readonly budget: BodyBudget;
	readonly ports: Pick<GuestPorts, 'request'>;
	readonly limits: Pick<Limits, 'requests'>;
	/** How the grants are compared with a request. */
	readonly rules: Grants['rules'];
}

/**
 * `wasi:http/outgoing-handler.handle`. The URL is composed and decided on at once, so a denial is thrown before a byte is written. An allowed
 * request leaves when its body is finished, since a browser takes a body in one piece.
 */
export function createOutgoingHandler(parts: HandlerParts) {
	const { gate, recorder, ending, waiter, limits, rules } = parts;
	let requests = 0;

	const refuse = (method: string, target: string, error: ErrorCode): never => {
		recorder.record({
			capability: 'network',
			operation: method,
			target,
			outcome: 'deny',
			rule: null,
			reason: 'invalid-request',
			result: error.tag,
		});
		throw error;
	};

	/** A request whose host has no address. */
	const nowhere = (): FutureIncomingResponse => {
		const future = new FutureIncomingResponse(waiter, () => undefined);
		const val = { rcode: 'address not available', infoCode: 0 };
		FutureIncomingResponse.settle(future, { tag: 'err', val: { tag: 'DNS-error', val } });
		return future;
	};

	return {
		handle(request: OutgoingRequest, options: RequestOptions | undefined): FutureIncomingResponse {
			const { method: variant, scheme, authority, path, headers, body } = OutgoingRequest.partsOf(request);
			const method = methodName(variant);
			const schemeName = scheme === undefined ? 'https' : nameOf(scheme);
			// As the guest spells it: the releases compare the host as it is written.
			const written = `${schemeName}://${authority ?? ''}${path?.startsWith('/') ? '' : '/'}${path ?? ''}`;
			if (scheme?.tag === 'other') return refuse(method, written, { tag: 'HTTP-protocol-error' });
			const url = composeUrl({ scheme: schemeName, authority, path });
			const isUnknown =
				rules === 'release' && !(url.ok && canBeLookedUp(url.value.host) && !lacksItsPort(authority ?? ''));
			if (!url.ok && isUnknown && hostOfUnsendable(written)) {
				// The release decides by the host and then finds no address; nothing of this may leave.
				if (!gate.http({ kind: 'network', method, url: written }).ok)
					throw { tag: 'HTTP-request-denied' } satisfies ErrorCode;
				return nowhere();
			}
			if (!url.ok) return refuse(method, written, { tag: 'HTTP-request-URI-invalid' });
			if (Fields.sizeOf(headers) > mostHeaderBytes) {
				return refuse(method, url.value.href, {
					tag: 'HTTP-request-header-section-size',
					val: Fields.sizeOf(headers),
				});
			}
			const verdict = gate.http({ kind: 'network', method, url: written });
			if (!verdict.ok) throw { tag: 'HTTP-request-denied' } satisfies ErrorCode;
			if (isUnknown) return nowhere();
			if (++requests > limits.requests) {
				ending.end(new LimitReached('requests', `the component sent more than ${limits.requests} requests`));
			}
			const facts = { headers: Fields.pairsOf(headers), timeouts: timeoutsOf(options) };
			const future = new FutureIncomingResponse(waiter, () => body && OutgoingBody.awaited(body));
			if (body)
				OutgoingBody.whenSettled(body, (outcome) =>
					send(verdict.value, { ...parts, ...facts }, outcome, future),
				);
			else send(verdict.value, { ...parts, ...facts }, { ok: true, bytes: null }, future);
			return future;
		},
	};
}

function send(
	{ method, url }: Granted<NetworkRequest>,
	{ ports, budget, waiter, headers, timeouts }: HandlerParts & Pick<PortRequest, 'headers' | 'timeouts'>,
	outcome: BodyOutcome,
	future: FutureIncomingResponse,
): void {
	const fail = (failure: unknown) =>
		FutureIncomingResponse.settle(future, { tag: 'err', val: toErrorCode(failure) });
	if (!outcome.ok) return fail(outcome.error);
	askPort(
		() => ports.request({ method, url, headers, timeouts, body: outcome.bytes }),
		(response) => {
			if (!response.ok) return fail(response.error);
			const val = new IncomingResponse(response, budget, waiter);
			FutureIncomingResponse.settle(future, { tag: 'ok', val });
		},
		fail,
	);
}

const methodName = (method: Method): RequestParts['method']['tag'] =>
	method.tag === 'other' ? (method.val ?? '') : method.tag.toUpperCase();

const nameOf = (scheme: Scheme): string =>
	scheme.tag === 'other' ? (scheme.val ?? '') : scheme.tag.toLowerCase();

function timeoutsOf(options: RequestOptions | undefined): PortRequest['timeouts'] {
	const ms = (duration: bigint | undefined) =>
		duration === undefined ? null : Math.ceil(Number(duration) / 1e6);
	return {
		connectMs: ms(options?.connectTimeout()),
		firstByteMs: ms(options?.firstByteTimeout()),
		betweenBytesMs: ms(options?.betweenBytesTimeout()),
	};
}
