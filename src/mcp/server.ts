import './without-eval';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
	ElicitResultSchema,
	ErrorCode,
	InitializeRequestSchema,
	McpError,
	type CallToolResult,
	type RequestId,
	type Tool as McpTool,
} from '@modelcontextprotocol/sdk/types.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker';
import type { Arguments, CallReport, StreamPiece } from '../core/call';
import { holdsMoreThan } from '../core/part-of-json';
import { throughJson } from '../core/wit/serde-float';
import { writtenOf } from '../core/written-json';
import type { Json } from '../core/wit/types';
import type { Deck } from '../deck/deck';
import { nextTask } from '../sandbox/slices';
import { adviceOf } from './agent/advice';
import type { AgentSide } from './agent/agent-side';
import { whyNotPermitted, type Elicit } from './agent/permitted';
import { builtinsOf, type BuiltinName } from './builtin-definitions';
import { createBuiltinTools, type BuiltinPorts } from './builtin-tools';
import { createCallNotes } from './call-notes';
import { denialText } from './denial';
import { failure } from './failure';
import { callFlow, offeredFlows, toolOf, type StepAnswer } from './flow-tools';
import { instructions } from './instructions';
import { answerOther, notFound } from './other-methods';
import { readCall } from './read-call';
import { manyValues } from './link';
import { mannersOf } from './server-manners';
import { traitsOf } from '../core/policy';
import { pieceKey } from './piece';
import { callResult, listed } from './results';

export interface McpServerOptions extends Omit<BuiltinPorts, 'deck'> {
	/** The version of this project, as the server gives it. */
	readonly version: string;
	/** Told of each call of a component's tool that ran, under the id of its JSON-RPC request, before the response is sent. */
	readonly onReport?: (rpcId: RequestId, report: CallReport & { readonly callId: number }) => void;
	/** Told when such a call starts to run. */
	readonly onStart?: (rpcId: RequestId, callId: number) => void;
	/** Runs something later; returns what takes it back. */
	readonly later?: (run: () => void, ms: number) => () => void;
	/** What is otherwise for an agent; without it a person or a script at this page is served. */
	readonly agent?: AgentSide;
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
	const builtins = createBuiltinTools({ deck, ...options });
	const { capabilities } = mannersOf(deck.engine);
	const server = new Server(
		{ name: 'tapedeck', version: options.version },
		{ capabilities, instructions, jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
	);

	const { agent } = options;
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
	server.fallbackRequestHandler = async (
		{ method, params },
		{ signal, requestId, sendNotification, sendRequest },
	) => {
		if (method === 'tools/list') return { tools: listTools(deck) };
		if (method !== 'tools/call') return answerOther(method, deck.engine);
		const asked = readCall(params);
		if (!asked) throw notFound(method);
		const { name, token } = asked;
		const isExact = traitsOf(deck.engine).exactArguments;
		// A release reads what came, and reads what it made of that.
		const read = (args: Json) => throughJson(throughJson(args)) as typeof asked.args;
		const args = isExact ? read(asked.args) : asked.args;
		const written = isExact ? writtenOf(asked.args) : undefined;
		const judged = written === undefined ? undefined : read(written);
		if (builtins.has(name)) {
			const elicit: Elicit = async (message, signal) => {
				const params = { message, requestedSchema: { type: 'object' as const, properties: {} } };
				const asked = sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema, {
					...{ signal, timeout: patienceMs },
				});
				return (await asked).action;
			};
			return callBuiltin(name as BuiltinName, args, signal, client.elicits ? elicit : null);
		}
		const onProgress =
			token === undefined
				? null
				: (progress: number, message: string, piece?: StreamPiece) =>
						void sendNotification({
							method: 'notifications/progress',
							params: {
								...{ progressToken: token, progress, message },
								...(piece ? { _meta: { [pieceKey]: { ...piece } } } : {}),
							},
						}).catch(ignoreClosed);
		const around = { signal, rpcId: requestId, onProgress };
		const flow = offeredFlows(deck).find((offered) => offered.name === name);
		if (!flow) return (await callComponent({ name, args, judged, ...around })).result;
		return callFlow(flow, args, {
			signal,
			toolOf: (tool) => toolOf(deck.components, tool),
			onStep: (step, of, tool) => onProgress?.(step, `Step ${step} of ${of}: ${tool}`),
			// Progress has to rise, and the steps tell it.
			call: (tool, stepArgs) =>
				callComponent({ name: tool, args: stepArgs, judged: undefined, ...around, onProgress: null }),
		});
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

	async function callBuiltin(
		tool: BuiltinName,
		args: Arguments,
		signal: AbortSignal,
		elicit: Elicit | null,
	): Promise<CallToolResult> {
		if (agent) {
			const { session } = deck;
			const request = { who: agent.who ?? client.name, tool, arguments: args };
			const { askPerson } = agent;
			const why = await whyNotPermitted(request, { askPerson, elicit }, signal);
			if (why !== null) return failure(why);
			if (signal.aborted || deck.session !== session)
				return failure('Nothing was changed: the session was replaced while a person was asked.');
		}
		return builtins.call(tool, args, signal);
	}

	async function callComponent(call: {
		readonly name: string;
		readonly args: { readonly [name: string]: Json };
		readonly judged: { readonly [name: string]: Json } | undefined;
		readonly signal: AbortSignal;
		readonly rpcId: RequestId;
		readonly onProgress: ((progress: number, message: string, piece?: StreamPiece) => void) | null;
	}): Promise<StepAnswer> {
		const { name, args, judged, signal, rpcId } = call;
		// Both are read now: an edit while the call runs must not change how it is answered.
		const { engine } = deck;
		const found = deck.find(name);
		const notes = createCallNotes({
			deck,
			onProgress: call.onProgress,
			// Also where the release declares no logging, and would send nothing: it is how the wire here shows what a guest prints.
			onOutput: (stream, text) =>
				void server.transport
					?.send({
						jsonrpc: '2.0',
						method: 'notifications/message',
						params: { level: stream === 'stdout' ? 'info' : 'warning', logger: name, data: text },
					})
					.catch(ignoreClosed),
			later: options.later ?? defaultLater,
		});
		const own = agent?.calls.begin();
		try {
			const play = () =>
				deck.call(name, args, {
					...{ signal: own ? AbortSignal.any([signal, own.signal]) : signal, ...(judged && { judged }) },
					...(agent && { by: 'agent' as const }),
					onOutput: notes.output,
					onPiece: notes.piece,
					onStart: (callId) => {
						options.onStart?.(rpcId, callId);
						own?.started(callId);
						notes.started(callId);
					},
				});
			const { end: ended, notes: remarks } = agent?.around
				? await agent.around(play)
				: { end: await play(), notes: [] };
			notes.end();
			if (!ended.ok) {
				const refused = failure(ended.error.message);
				return { bare: refused, result: refused, outcome: 'error' };
			}
			options.onReport?.(rpcId, ended.value);
			const { outcome, callId } = ended.value;
			// What was done to keep the end of the call, and what is made of its result, both take long then.
			if (outcome.status === 'returned' && holdsMoreThan(outcome.json, manyValues)) await nextTask();
			const denial = denialText(deck.activity, callId, engine);
			const result = callResult(outcome, found.ok ? found.value.tool : null, engine, denial);
			return {
				bare: result,
				result: agent ? withAdvice(result, ended.value, remarks) : result,
				outcome: outcome.status !== 'returned' ? 'error' : outcome.isErr ? 'err' : 'result',
			};
		} catch (error) {
			notes.end();
			const words = error instanceof Error ? error.message : String(error);
			throw new McpError(ErrorCode.InternalError, `The call broke inside the page: ${words}`);
		} finally {
			own?.end();
		}
	}

	/** A result with what a person would have to be asked for, which an agent cannot see on the page. */
	function withAdvice(
		result: CallToolResult,
		{ outcome, callId }: CallReport & { readonly callId: number },
		remarks: readonly string[],
	) {
		const failed = outcome.status !== 'returned' || outcome.isErr;
		const canAsk = (agent?.askPerson ?? null) !== null || client.elicits;
		const advice =
			outcome.status === 'stopped'
				? 'A person who watches stopped this call. Ask them before you make it again.'
				: adviceOf(deck, callId, { canAsk, failed });
		const words = [...(advice === null ? [] : [advice]), ...remarks];
		if (words.length === 0) return result;
		return {
			...result,
			content: [...result.content, ...words.map((text) => ({ type: 'text' as const, text }))],
		};
	}
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

function defaultLater(run: () => void, ms: number): () => void {
	const timer = setTimeout(run, ms);
	return () => clearTimeout(timer);
}
