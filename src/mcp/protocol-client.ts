import './without-eval';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
	ErrorCode,
	LoggingMessageNotificationSchema,
	McpError,
	ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker';
import type { z } from 'zod';

/** Of which times a connection is: `initialize` at its beginning, up to protocol 2025-11-25, or no session at all, from 2026-07-28 on. */
export type Era = 'legacy' | 'modern';

export interface ProtocolRequestOptions {
	readonly signal?: AbortSignal;
	readonly timeout?: number;
	readonly onprogress?: (progress: {
		readonly progress: number;
		readonly total?: number;
		readonly message?: string;
	}) => void;
}

/** How a request failed, where the protocol says it. */
export interface ProtocolFailure {
	readonly isTimeout: boolean;
	readonly code?: number;
}

/** A client of the protocol, whichever library speaks it. */
export interface ProtocolClient {
	readonly era: Era;
	/** The version of the protocol that was agreed on; empty where nobody said. */
	readonly protocol: string;
	readonly server: { readonly name: string; readonly version: string };
	readonly instructions: string | null;
	readonly capabilities: { readonly [name: string]: unknown };
	onClose(listener: () => void): void;
	onLog(listener: (message: { level: string; logger?: string; data: unknown }) => void): void;
	onToolsChanged(listener: () => void): void;
	request<T>(
		request: { readonly method: string; readonly params: { readonly [name: string]: unknown } },
		schema: z.ZodType<T>,
		options?: ProtocolRequestOptions,
	): Promise<T>;
	/** What is known of an error that `request` rejected with; null where it is none of the protocol's. */
	failureOf(error: unknown): ProtocolFailure | null;
	/** The tools are listed, and listeners are there: what a server tells only to those who ask for it is asked for. */
	follow(): Promise<void>;
	close(): Promise<void>;
}

/** Connects over a transport. Rejects where that fails. */
export type ConnectProtocol = (transport: Transport, version: string) => Promise<ProtocolClient>;

/** Connects as clients did before 2026-07-28, which is how the server in the page is spoken to. */
export const connectLegacy: ConnectProtocol = async (transport, version) => {
	const client = new Client(
		{ name: 'tapedeck', version },
		{ jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
	);
	const { agreed } = watchVersion(transport);
	await client.connect(transport);
	const { name = '', version: serverVersion = '' } = client.getServerVersion() ?? {};
	return {
		era: 'legacy',
		protocol: agreed(),
		server: { name, version: serverVersion },
		instructions: client.getInstructions() ?? null,
		capabilities: client.getServerCapabilities() ?? {},
		onClose: (listener) => void (client.onclose = listener),
		onLog: (listener) =>
			client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => listener(params)),
		onToolsChanged: (listener) =>
			client.setNotificationHandler(ToolListChangedNotificationSchema, () => listener()),
		request: (request, schema, options = {}) =>
			client.request(request, schema as never, {
				...options,
				resetTimeoutOnProgress: true,
			}),
		failureOf: (error) =>
			error instanceof McpError
				? { isTimeout: error.code === ErrorCode.RequestTimeout, code: error.code }
				: null,
		follow: async () => {},
		close: () => client.close(),
	};
};

/** The library keeps the version that was agreed on to itself, and tells the transport. */
function watchVersion(transport: Transport) {
	let version = '';
	const tell = transport.setProtocolVersion?.bind(transport);
	transport.setProtocolVersion = (agreed) => {
		version = agreed;
		tell?.(agreed);
	};
	return { agreed: () => version };
}
