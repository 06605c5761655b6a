import './without-eval';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
	ElicitResultSchema,
	InitializeRequestSchema,
	type ServerNotification,
	type Tool as McpTool,
} from '@modelcontextprotocol/sdk/types.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker';
import { traitsOf } from '../core/policy';
import type { Deck } from '../deck/deck';
import { builtinsOf } from './builtin-definitions';
import type { CallingClient } from './component-call';
import { offeredFlows } from './flow-tools';
import { instructions } from './instructions';
import { answerOther, notFound } from './other-methods';
import { pieceKey } from './piece';
import { readCall, type AskedCall } from './read-call';
import { listed } from './results';
import { mannersOf } from './server-manners';
import { createToolCalls, type CallSurroundings, type ToolCallOptions } from './tool-calls';

export interface McpServerOptions extends ToolCallOptions {
	/** The version of this project, as the server gives it. */
	readonly version: string;
}

export interface ConsoleServer {
	connect(transport: Transport): Promise<void>;
	close(): Promise<void>;
}

/**
 * An MCP server over a deck that answers as the deck's engine does: the tools of its components first, then Wassette's built-in ones.
 * One server serves one connection, and declares what the engine declared when it was made.
 */
export function createMcpServer(deck: Deck, options: McpServerOptions): ConsoleServer {
	const { capabilities } = mannersOf(deck.engine);
	const server = new Server(
		{ name: 'tapedeck', version: options.version },
		{ capabilities, instructions, jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
	);
	const client = { name: 'an agent', elicits: false };
	const callTool = createToolCalls(deck, options, {
		name: () => client.name,
		elicits: () => client.elicits,
		print: (tool, stream, text) => print(server, tool, stream, text),
	});
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
	server.fallbackRequestHandler = async ({ method, params }, extra) => {
		if (method === 'tools/list') return { tools: listTools(deck) };
		if (method !== 'tools/call') return answerOther(method, deck.engine);
		const asked = readCall(params);
		if (!asked) throw notFound(method);
		return callTool(asked, surroundingsOf(asked, extra));
	};

	const unsubscribe = [
		deck.onToolsChanged(() => announce()),
		// The engine decides which built-in tools there are and what an output schema looks like.
		watchManners(deck, () => announce()),
	];
	server.onclose = () => unsubscribe.forEach((stop) => stop());

	return {
		connect: (transport) => server.connect(transport),
		close: () => server.close(),
	};

	function announce() {
		if (server.transport) server.sendToolListChanged().catch(ignoreClosed);
	}
}

type Extra = Parameters<NonNullable<Server['fallbackRequestHandler']>>[1];

/** What the request of a call brought with it, as the tools take it. */
function surroundingsOf(
	{ token }: AskedCall,
	{ signal, requestId, sendNotification, sendRequest }: Extra,
): CallSurroundings {
	const tell = (notification: ServerNotification) => void sendNotification(notification).catch(ignoreClosed);
	return {
		signal,
		rpcId: requestId,
		onProgress:
			token === undefined
				? null
				: (progress, message, piece) =>
						tell({
							method: 'notifications/progress',
							params: {
								...{ progressToken: token, progress, message },
								...(piece ? { _meta: { [pieceKey]: { ...piece } } } : {}),
							},
						}),
		elicit: async (message, signal) => {
			const params = { message, requestedSchema: { type: 'object' as const, properties: {} } };
			const asked = sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema, {
				...{ signal, timeout: patienceMs },
			});
			return (await asked).action;
		},
	};
}

/** Also where the release declares no logging, and would send nothing: it is how the wire here shows what a guest prints. */
function print(server: Server, ...[tool, stream, text]: Parameters<CallingClient['print']>) {
	const level = stream === 'stdout' ? 'info' : 'warning';
	const params = { level, logger: tool, data: text };
	void server.transport
		?.send({ jsonrpc: '2.0', method: 'notifications/message', params })
		.catch(ignoreClosed);
}

/** How long a person may take to answer through their agent's program, in milliseconds. */
const patienceMs = 600_000;

/** All tools, as the deck's engine lists them, and flows that are offered. Two components with a tool of the same name list it twice; calling it fails. */
function listTools(deck: Deck): McpTool[] {
	const components = deck.components.flatMap(({ tools }) => tools.map((tool) => listed(tool, deck.engine)));
	const flows = offeredFlows(deck).map(({ name, description, inputSchema, outputSchema }) => ({
		...{ name, description, inputSchema },
		...(outputSchema && traitsOf(deck.engine).structured && { outputSchema }),
	}));
	return [...components, ...flows, ...builtinsOf(traitsOf(deck.engine))] as McpTool[];
}

function watchManners(deck: Deck, onChange: () => void): () => void {
	let before = deck.engine;
	return deck.subscribe(() => {
		const now = deck.engine;
		if (now === before) return;
		const differs = JSON.stringify(traitsOf(now)) !== JSON.stringify(traitsOf(before));
		before = now;
		if (differs) onChange();
	});
}

/** A notification that finds the connection closed has nobody to tell. */
function ignoreClosed() {}
