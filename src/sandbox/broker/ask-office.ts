import type { HttpFailure, PortRequest, PortResponse } from '../../core/call';
import type { BrokerCalls } from '../protocol';
import { sortHeaders } from './headers';
import type { createOffices } from './offices';
import type { BrokerReach } from './sources';

/** Makes a request in the frame of those hosts that it may reach. `mayHaveCome` says of the address that an answer came from whether it may be read. */
export async function askOffice(
	offices: ReturnType<typeof createOffices>,
	request: PortRequest,
	reach: BrokerReach,
	mayHaveCome: (url: string) => boolean,
): Promise<PortResponse> {
	const headers = sortHeaders(request.headers);
	const refusal = refusalOf(request, headers.refused);
	if (refusal !== null) return failed('internal-error', refusal);
	const office = offices.enter(reach.sources);
	let answer: Awaited<ReturnType<BrokerCalls['fetch']>>;
	try {
		await office.frame.ready;
		answer = await office.connection.call('fetch', {
			...request,
			headers: headers.sent,
			follow: reach.follow,
		});
	} catch (error) {
		offices.leave(office);
		return failed('internal-error', error instanceof Error ? error.message : String(error));
	}
	if (!answer.ok) {
		offices.leave(office);
		return answer;
	}
	const { response, status, url } = answer;
	let done = false;
	const finish = () => {
		if (!done) offices.leave(office);
		done = true;
	};
	const cancel = () => {
		if (!done) office.connection.tell('cancel', response);
		finish();
	};
	if (!mayHaveCome(url)) {
		cancel();
		return {
			ok: false,
			error: {
				tag: 'HTTP-request-denied',
				cause: 'redirect',
				detail: `The answer came from ${url}, which the policy does not allow.`,
			},
		};
	}
	return {
		ok: true,
		status,
		headers: answer.headers,
		note:
			headers.dropped.length > 0
				? `Sent without ${headers.dropped.join(', ')}, which a browser sets itself.`
				: undefined,
		async read() {
			if (done) return null;
			const chunk = await office.connection.call('read', response).catch(lost);
			if (!chunk.ok || chunk.bytes === null) finish();
			if (!chunk.ok) throw chunk.error;
			return chunk.bytes;
		},
		cancel,
	};
}

/** Why a browser would not send a request as it is, as a sentence; null where it would. */
function refusalOf({ method, body }: PortRequest, headers: readonly string[]): string | null {
	if (headers.length > 0) return `A browser does not let a page send the header ${headers.join(', ')}.`;
	if (body?.byteLength && ['GET', 'HEAD'].includes(method))
		return `A browser does not send a body with ${method}.`;
	return ['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase())
		? `A browser does not send ${method}.`
		: null;
}

/** A failure of the browser's own, in words. */
export const failed = (tag: string, detail: string): PortResponse => ({
	ok: false,
	error: { tag, val: detail, detail },
});

const lost = (error: unknown): { ok: false; error: HttpFailure } => ({
	ok: false,
	error: { tag: 'connection-terminated', detail: error instanceof Error ? error.message : String(error) },
});
