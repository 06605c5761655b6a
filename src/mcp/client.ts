import { propertyOf } from '../core/property-of';
import './without-eval';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
	CallToolResultSchema,
	type CallToolResult,
	type JSONRPCMessage,
	type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import type { StreamPiece } from '../core/call';
import type { Json } from '../core/wit/types';
import { pieceOf } from './piece';
import { connectLegacy, type ConnectProtocol, type Era, type ProtocolClient } from './protocol-client';
import { checkOutput, type OutputCheck } from './output-check';
import { createToolListing, type ListedTool, type ToolListing } from './tool-listing';

/** How a call ended, as the client sees it. `rpcId` finds its messages on the wire; null where none was sent. */
export type CallSettled = { readonly rpcId: RequestId | null } & (
	| { readonly status: 'result'; readonly result: CallToolResult; readonly check: OutputCheck }
	/** The signal was aborted; the server was told to stop. */
	| { readonly status: 'cancelled' }
	/** Nothing came in time; the server was told to stop. */
	| { readonly status: 'timeout'; readonly message: string }
	/** The server answered with a JSON-RPC error or something that is no tool result, or the connection broke. */
	| { readonly status: 'failed'; readonly message: string; readonly code?: number }
);

export interface ClientCallOptions {
	readonly signal?: AbortSignal;
	/** Milliseconds without an answer or a progress notification; default 150,000, which is more than any call may take. */
	readonly timeoutMs?: number;
	readonly onProgress?: (progress: {
		readonly progress: number;
		readonly total?: number;
		readonly message?: string;
		/** What came of the streams of the result since it was told last. */
		readonly piece?: StreamPiece;
	}) => void;
	/** Told the id of the JSON-RPC request as it is sent. */
	readonly onSent?: (rpcId: RequestId) => void;
}

export interface LogMessage {
	readonly level: string;
	readonly logger?: string;
	readonly data: unknown;
}

export interface ServerFacts {
	readonly name: string;
	readonly version: string;
	readonly instructions: string | null;
	readonly capabilities: { readonly [name: string]: unknown };
	readonly era: Era;
	/** The version of the protocol that was agreed on; empty where nobody said. */
	readonly protocol: string;
}

export interface ConsoleClient {
	readonly server: ServerFacts;
	/** As last listed; listed again when the server says that they changed. */
	readonly tools: readonly ListedTool[];
	/** Told when `tools` is a new array, or listing them failed. */
	onTools(listener: (problem: string | null) => void): () => void;
	onLog(listener: (message: LogMessage) => void): () => void;
	onClose(listener: () => void): () => void;
	refresh(): Promise<readonly ListedTool[]>;
	/** Settles whatever happens; never rejects. */
	callTool(
		name: string,
		args: { readonly [name: string]: Json },
		options?: ClientCallOptions,
	): Promise<CallSettled>;
	close(): Promise<void>;
}

export interface ClientOptions {
	/** The version of this project, as the client gives it. */
	readonly version: string;
	/** Default as clients did before 2026-07-28. */
	readonly connect?: ConnectProtocol;
}

const defaultTimeoutMs = 150_000;

/**
 * Connects an MCP client to a server over any transport and lists its tools. Rejects where the connection or the first listing fails.
 */
export async function createConsoleClient(
	transport: Transport,
	options: ClientOptions,
): Promise<ConsoleClient> {
	const toolListeners = new Set<(problem: string | null) => void>();
	const logListeners = new Set<(message: LogMessage) => void>();
	const closeListeners = new Set<() => void>();

	const ids = rememberRequestIds(transport);
	const client = await (options.connect ?? connectLegacy)(transport, options.version);
	const { tools, refresh } = createToolListing(client, () => tellTools(null));
	client.onClose(() => closeListeners.forEach((listener) => listener()));
	client.onLog(({ level, logger, data }) => {
		for (const listener of logListeners) listener({ level, logger, data });
	});
	client.onToolsChanged(() => {
		refresh().catch((error: unknown) => tellTools(wordsOf(error)));
	});
	const { capabilities, instructions, era, protocol } = client;
	const server: ServerFacts = { ...client.server, instructions, capabilities, era, protocol };
	try {
		await refresh();
		await client.follow();
	} catch (error) {
		await client.close();
		throw error;
	}

	return {
		server,
		get tools() {
			return tools();
		},
		onTools: (listener) => subscribe(toolListeners, listener),
		onLog: (listener) => subscribe(logListeners, listener),
		onClose: (listener) => subscribe(closeListeners, listener),
		refresh,
		callTool: (name, args, callOptions = {}) =>
			callTool({ client, ids, tools }, { name, arguments: args }, callOptions),
		close: () => client.close(),
	};

	function tellTools(problem: string | null) {
		for (const listener of toolListeners) listener(problem);
	}
}

/** What one call of a tool needs of its connection. */
interface Connection {
	readonly client: ProtocolClient;
	readonly ids: ReturnType<typeof rememberRequestIds>;
	readonly tools: ToolListing['tools'];
}

async function callTool(
	{ client, ids, tools }: Connection,
	params: { readonly name: string; readonly arguments: { readonly [name: string]: Json } },
	{ signal, timeoutMs = defaultTimeoutMs, onProgress, onSent }: ClientCallOptions,
): Promise<CallSettled> {
	if (signal?.aborted) return { status: 'cancelled', rpcId: null };
	// The SDK never takes its listener off the signal it is given, so each call gets one of its own.
	const abort = new AbortController();
	const forward = () => abort.abort('Stopped');
	signal?.addEventListener('abort', forward, { once: true });
	const sent = ids.next((rpcId) => onSent?.(rpcId));
	try {
		const answer = client.request({ method: 'tools/call', params: { ...params } }, CallToolResultSchema, {
			signal: abort.signal,
			timeout: timeoutMs,
			onprogress: (progress) => {
				const piece = pieceOf(propertyOf(progress, '_meta'));
				onProgress?.(piece ? { ...progress, piece } : progress);
			},
		});
		sent.taken();
		const result = await answer;
		const outputSchema = tools().find((tool) => tool.name === params.name)?.outputSchema;
		return { status: 'result', rpcId: sent.id(), result, check: checkOutput(outputSchema, result) };
	} catch (error) {
		const rpcId = sent.id();
		if (abort.signal.aborted) return { status: 'cancelled', rpcId };
		const message = wordsOf(error);
		const failure = client.failureOf(error);
		if (failure?.isTimeout)
			return { status: 'timeout', rpcId, message: `No answer within ${timeoutMs / 1_000} s.` };
		return { status: 'failed', rpcId, message, ...(failure?.code !== undefined && { code: failure.code }) };
	} finally {
		signal?.removeEventListener('abort', forward);
	}
}

/** The SDK keeps the ids of its requests to itself: they are read as they are sent, which it does before `request` returns. */
function rememberRequestIds(transport: Transport) {
	const send = transport.send.bind(transport);
	let waiting: ((rpcId: RequestId) => void) | null = null;
	transport.send = (message: JSONRPCMessage, options?: TransportSendOptions) => {
		if ('method' in message && 'id' in message) {
			waiting?.(message.id);
			waiting = null;
		}
		return send(message, options);
	};
	return {
		next(onSent: (rpcId: RequestId) => void) {
			let id: RequestId | null = null;
			waiting = (rpcId) => {
				id = rpcId;
				onSent(rpcId);
			};
			return { id: () => id, taken: () => (waiting = null) };
		},
	};
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
