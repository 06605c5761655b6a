import './without-eval';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
	ElicitResultSchema,
	InitializeRequestSchema,
	type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker';
import type { Deck } from '../deck/deck';
import type { Elicit } from './agent/permitted';
import { createAnswering, type McpServerOptions } from './answering';
import { elicitation, patienceMs } from './elicitation';
import type { Told } from './exchange';
import { instructions } from './instructions';
import { answerOther } from './other-methods';
import { mannersOf } from './server-manners';

export type { McpServerOptions } from './answering';

export interface ConsoleServer {
	connect(transport: Transport): Promise<void>;
	close(): Promise<void>;
}

/**
 * An MCP server over a deck that answers as the deck's engine does, as servers did up to protocol 2025-11-25. One server serves one connection,
 * and declares what the engine declared when it was made.
 */
export function createMcpServer(deck: Deck, options: McpServerOptions): ConsoleServer {
	const answering = createAnswering(deck, options);
	const { capabilities } = mannersOf(deck.engine);
	const server = new Server(
		{ name: 'tapedeck', version: options.version },
		{ capabilities, instructions, jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
	);

	const client = { name: 'an agent', elicits: false };
	server.setRequestHandler(InitializeRequestSchema, ({ params }) => {
		Object.assign(client, {
			name: params.clientInfo.name || client.name,
			elicits: params.capabilities.elicitation !== undefined,
		});
		return {
			protocolVersion: mannersOf(deck.engine).protocolVersion(params.protocolVersion),
			capabilities,
			serverInfo: mannersOf(deck.engine).info ?? { name: 'tapedeck', version: options.version },
			instructions,
		};
	});
	// A release answers methods that it does not declare, and has its own words for what it cannot read: the library here would refuse both.
	server.fallbackRequestHandler = async ({ method, params }, { signal, requestId, sendRequest }) => {
		if (method === 'tools/list') return { ...answering.listTools() };
		if (method !== 'tools/call') return answerOther(method, deck.engine);
		const elicit: Elicit = async (message, signal) => {
			const asked = sendRequest(elicitation(message), ElicitResultSchema, { signal, timeout: patienceMs });
			return (await asked).action;
		};
		return answering.callTool(params, {
			...{ signal, rpcId: requestId, who: client.name, logs: () => true },
			tell: (told) => tell(told, requestId),
			elicit: client.elicits ? elicit : null,
		});
	};

	const unfollow = answering.onListChanged(() => {
		if (server.transport) server.sendToolListChanged().catch(ignoreClosed);
	});
	server.onclose = unfollow;

	return {
		connect: (transport) => server.connect(transport),
		close: () => server.close(),
	};

	// Not by the library's own way, which refuses what was not declared.
	function tell({ method, params }: Told, relatedRequestId: RequestId) {
		void server.transport
			?.send({ jsonrpc: '2.0', method, params: { ...params } }, { relatedRequestId })
			.catch(ignoreClosed);
	}
}

/** A notification that finds the connection closed has nobody to tell. */
function ignoreClosed() {}
