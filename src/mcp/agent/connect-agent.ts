import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Deck } from '../../deck/deck';
import { crossingCopy, keepCopyWritten } from '../crossing';
import { createLink } from '../link';
import { createEitherServer } from '../either-server';
import type { Era } from '../protocol-client';
import type { McpServerOptions } from '../server';
import type { WireMessage } from '../wire';
import type { AgentSide } from './agent-side';

export interface AgentConnection {
	/** Takes one message of the agent, as JSON text. What is no JSON is answered with an error. */
	receive(text: string): void;
	close(): Promise<void>;
}

export interface AgentConnectionOptions extends McpServerOptions {
	readonly agent: AgentSide;
	/** The era that the server is held to; default either. */
	readonly era?: Era;
	/** Takes one message for the agent: JSON text without a line break, exactly as the server wrote it. */
	readonly send: (text: string) => void;
	readonly onMessage: (message: WireMessage) => void;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

/** Serves an agent that is elsewhere: a server of its own over the deck, whose messages cross as text. */
export async function connectAgent(
	deck: Deck,
	{ send, onMessage, now, era, ...options }: AgentConnectionOptions,
): Promise<AgentConnection> {
	const link = createLink({
		now,
		onMessage: (message) => {
			onMessage(message);
			if (message.direction === 'server→client') send(message.text);
		},
	});
	await createEitherServer(deck, options, era).connect(link.server);
	await link.client.start();
	const refuse = (code: number, message: string) =>
		send(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }));
	return {
		receive(text) {
			let message: unknown;
			try {
				message = crossingCopy(text);
			} catch {
				return refuse(-32700, 'This is no JSON.');
			}
			if (Array.isArray(message) || typeof message !== 'object' || message === null)
				return refuse(-32600, 'This is no JSON-RPC message.');
			keepCopyWritten(text, message);
			void link.client.send(message as JSONRPCMessage).catch(() => {});
		},
		close: () => link.client.close(),
	};
}
