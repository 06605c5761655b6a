import type { HostPorts, PortRequest } from '../../core/call';
import { wireLimits, type PageCalls } from '../protocol';
import type { Connection } from '../rpc';

/** Sends the guest's requests to the page, and reads the answers chunk by chunk as the guest asks for them. */
export function createRequests(
	page: Pick<Connection<PageCalls>, 'call' | 'tell'>,
	/** Sends what the guest did before, so that the record keeps its order. */
	flush: () => void,
): HostPorts['request'] {
	return async (request) => {
		const tag = unsendable(request);
		if (tag) return { ok: false, error: { tag } };
		flush();
		const head = await page.call('request', request);
		if (!head.ok) return head;
		const { response, status, headers } = head;
		return {
			ok: true,
			status,
			headers,
			read: async () => {
				const chunk = await page.call('read', response);
				if (!chunk.ok) throw chunk.error;
				return chunk.bytes;
			},
			cancel: () => page.tell('cancel', response),
		};
	};
}

/** The WASI error of a request that is beyond what the page takes; sent, it would end the call instead. */
function unsendable({ method, url, headers }: PortRequest): string | null {
	if (method.length > wireLimits.word) return 'HTTP-request-method-invalid';
	if (url.length > wireLimits.url) return 'HTTP-request-URI-too-long';
	const isLarge = headers.some((header) => header.some((text) => text.length > wireLimits.header));
	return isLarge || headers.length > wireLimits.headers ? 'HTTP-request-header-section-size' : null;
}
