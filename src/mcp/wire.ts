/** One JSON-RPC message as it crossed between client and server. */
export interface WireMessage {
	/** Rises by one with each message of a connection. */
	readonly id: number;
	readonly direction: 'client→server' | 'server→client';
	readonly kind: 'request' | 'response' | 'notification';
	/** The method; of a response, that of the request it answers, or empty where that is not known. */
	readonly method: string;
	readonly rpcId: string | number | null;
	/** The message, whole, exactly as it crossed. */
	readonly text: string;
	/** Milliseconds, on the clock the recorder was given. */
	readonly at: number;
	/** Of a response: milliseconds since its request. */
	readonly durationMs?: number;
	/** Bytes of `text` in UTF-8. */
	readonly size: number;
	/** Of a response: it is an error, or a tool result marked as one. */
	readonly failed?: boolean;
	/** The server elsewhere that it went to or came from; undefined of the one in the page. */
	readonly connection?: string;
}

export interface WireOptions {
	readonly onMessage?: (message: WireMessage) => void;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

type Parsed = {
	readonly id?: unknown;
	readonly method?: unknown;
	readonly error?: unknown;
	readonly result?: { readonly isError?: unknown };
	readonly params?: { readonly requestId?: unknown };
};

/** Requests that wait for an answer at once; older ones are forgotten, and their answers lose only their method and duration. */
const maxPending = 1_000;

/**
 * A function to call with each message that crosses; it pairs responses with requests and tells `onMessage`. `size` is the text's, where it is
 * known already.
 */
export function createWireRecorder({ onMessage, now }: WireOptions) {
	const encoder = new TextEncoder();
	const pending = new Map<string, { readonly method: string; readonly at: number }>();
	let nextId = 1;

	return (
		direction: WireMessage['direction'],
		message: unknown,
		text: string,
		size = encoder.encode(text).byteLength,
	): void => {
		if (!onMessage) return;
		const { id, method, error, result, params } = message as Parsed;
		const at = now();
		const rpcId = typeof id === 'string' || typeof id === 'number' ? id : null;
		const base = { id: nextId++, direction, rpcId, text, at, size };
		if (typeof method === 'string') {
			if (rpcId !== null) remember(key(direction, rpcId), { method, at });
			if (method === 'notifications/cancelled') pending.delete(key(direction, params?.requestId));
			onMessage({ ...base, kind: rpcId === null ? 'notification' : 'request', method });
			return;
		}
		const asked = key(direction === 'client→server' ? 'server→client' : 'client→server', rpcId);
		const request = pending.get(asked);
		pending.delete(asked);
		onMessage({
			...base,
			kind: 'response',
			method: request?.method ?? '',
			...(request ? { durationMs: at - request.at } : {}),
			failed: error !== undefined || result?.isError === true,
		});
	};

	function remember(name: string, request: { readonly method: string; readonly at: number }) {
		pending.set(name, request);
		const [oldest] = pending.keys();
		if (oldest !== undefined && pending.size > maxPending) pending.delete(oldest);
	}
}

/** Both sides number their requests from zero, and `1` is not `"1"`. */
function key(direction: WireMessage['direction'], rpcId: unknown): string {
	return `${direction} ${typeof rpcId} ${String(rpcId)}`;
}
