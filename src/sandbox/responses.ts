import type { HttpFailure, PortResponse, Limits, PortRequest } from '../core/call';
import { wireLimits, type BodyChunk, type ResponseHead } from './protocol';
import { ProtocolError } from './rpc';

export interface Responses {
	request(request: PortRequest): Promise<ResponseHead>;
	read(response: number): Promise<BodyChunk>;
	cancel(response: number): null;
	/** Gives up every response that is still open. */
	close(): void;
}

type Body = Extract<PortResponse, { ok: true }>;

/** Carries out the requests of one call, a few at a time, within its limits; the bodies wait here until they are read. */
export function createResponses(
	send: (request: PortRequest) => Promise<PortResponse>,
	limits: Limits,
	limited: (limit: 'requests' | 'responseBytes', message: string) => void,
): Responses {
	const open = new Map<number, Body>();
	const queue: (() => void)[] = [];
	let asked = 0;
	let underWay = 0;
	let received = 0;
	let closed = false;

	async function turn(): Promise<void> {
		if (underWay >= wireLimits.requestsAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
		underWay += 1;
	}

	return {
		async request(request) {
			const id = ++asked;
			if (id > limits.requests) {
				limited('requests', `The component sent more than ${limits.requests} requests.`);
				return { ok: false, error: tooMany };
			}
			await turn();
			try {
				if (closed) return { ok: false, error: tooMany };
				const response = await send(request);
				if (!response.ok) return response;
				if (closed) {
					response.cancel();
					return { ok: false, error: tooMany };
				}
				open.set(id, response);
				return { ok: true, response: id, status: response.status, headers: response.headers };
			} catch (error) {
				return { ok: false, error: failureOf(error) };
			} finally {
				underWay -= 1;
				queue.shift()?.();
			}
		},
		async read(id) {
			const body = open.get(id);
			if (!body) {
				if (id < 1 || id > asked) throw new ProtocolError('a response that never was');
				return { ok: true, bytes: null };
			}
			try {
				const bytes = await body.read();
				if (bytes === null) open.delete(id);
				received += bytes?.byteLength ?? 0;
				if (received > limits.responseBytes) {
					limited('responseBytes', `The component received more than ${limits.responseBytes} bytes.`);
				}
				return { ok: true, bytes };
			} catch (error) {
				open.delete(id);
				return { ok: false, error: failureOf(error) };
			}
		},
		cancel(id) {
			open.get(id)?.cancel();
			open.delete(id);
			return null;
		},
		close() {
			closed = true;
			for (const body of open.values()) body.cancel();
			open.clear();
			for (const resume of queue.splice(0)) resume();
		},
	};
}

const tooMany: HttpFailure = { tag: 'HTTP-request-denied' };

/** A failure as the page means it, or one that says no more than that something failed. */
const failureOf = (error: unknown): HttpFailure =>
	typeof error === 'object' && error !== null && 'tag' in error
		? (error as HttpFailure)
		: { tag: 'internal-error', val: error instanceof Error ? error.message : undefined };
