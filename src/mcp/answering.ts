import type { CallToolResult, Tool as McpTool } from '@modelcontextprotocol/sdk/types.js';
import type { StreamPiece } from '../core/call';
import { traitsOf } from '../core/policy';
import { throughJson } from '../core/wit/serde-float';
import type { Json } from '../core/wit/types';
import { writtenOf } from '../core/written-json';
import type { Deck } from '../deck/deck';
import { whyNotPermitted } from './agent/permitted';
import { builtinsOf, type BuiltinName } from './builtin-definitions';
import { createBuiltinTools, type BuiltinPorts } from './builtin-tools';
import { callComponent, type ComponentCallPorts } from './component-call';
import type { Exchange } from './exchange';
import { failure } from './failure';
import { callFlow, offeredFlows, toolOf } from './flow-tools';
import { notFound } from './not-found';
import { pieceKey } from './piece';
import { readCall, type AskedCall } from './read-call';
import { listed } from './results';

export interface McpServerOptions extends Omit<BuiltinPorts, 'deck'>, Omit<ComponentCallPorts, 'deck'> {
	/** The version of this project, as the server gives it. */
	readonly version: string;
}

/** What a server says about tools, in any version of the protocol. */
export interface Answering {
	listTools(): { readonly tools: McpTool[] };
	/** Rejects with an error that has a code of JSON-RPC where the parameters are none. */
	callTool(params: unknown, exchange: Exchange): Promise<CallToolResult>;
	/** Told when the list is another; returns what ends that. */
	onListChanged(listener: () => void): () => void;
}

/** Answers over a deck as the deck's engine does: the tools of its components first, then flows that are offered, then Wassette's built-in ones. */
export function createAnswering(deck: Deck, options: McpServerOptions): Answering {
	const builtins = createBuiltinTools({ deck, ...options });

	return {
		listTools: () => ({ tools: listTools(deck) }),
		async callTool(params, exchange) {
			const asked = readCall(params);
			if (!asked) throw notFound('tools/call');
			const { name } = asked;
			const { args, judged } = argumentsOf(asked, deck);
			if (builtins.has(name)) return callBuiltin(name as BuiltinName, args, exchange);
			const onProgress = progressOf(asked, exchange);
			const flow = offeredFlows(deck).find((offered) => offered.name === name);
			if (!flow) return (await callOne({ name, args, judged, exchange, onProgress })).result;
			return callFlow(flow, args, {
				signal: exchange.signal,
				toolOf: (tool) => toolOf(deck.components, tool),
				onStep: (step, of, tool) => onProgress?.(step, `Step ${step} of ${of}: ${tool}`),
				// Progress has to rise, and the steps tell it.
				call: (tool, stepArgs) =>
					callOne({ name: tool, args: stepArgs, judged: undefined, exchange, onProgress: null }),
			});
		},
		onListChanged(listener) {
			// The engine decides which built-in tools there are and what an output schema looks like.
			const stop = [deck.onToolsChanged(listener), watchTraits(deck, listener)];
			return () => stop.forEach((end) => end());
		},
	};

	function callOne(call: Parameters<typeof callComponent>[1]) {
		return callComponent({ deck, ...options }, call);
	}

	async function callBuiltin(
		tool: BuiltinName,
		args: AskedCall['args'],
		{ who, elicit, signal }: Exchange,
	): Promise<CallToolResult> {
		const { agent } = options;
		if (agent) {
			const { session } = deck;
			const request = { who: agent.who ?? who, tool, arguments: args };
			const why = await whyNotPermitted(request, { askPerson: agent.askPerson, elicit }, signal);
			if (why !== null) return failure(why);
			if (signal.aborted || deck.session !== session)
				return failure('Nothing was changed: the session was replaced while a person was asked.');
		}
		return builtins.call(tool, args, signal);
	}
}

/** Arguments as the engine reads them, and those that its judgement is made of where they are others. */
function argumentsOf(asked: AskedCall, deck: Deck) {
	const isExact = traitsOf(deck.engine).exactArguments;
	// A release reads what came, and reads what it made of that.
	const read = (args: Json) => throughJson(throughJson(args)) as AskedCall['args'];
	const written = isExact ? writtenOf(asked.args) : undefined;
	return {
		args: isExact ? read(asked.args) : asked.args,
		judged: written === undefined ? undefined : read(written),
	};
}

/** What tells progress where it was asked for; null where it was not. */
function progressOf({ token }: AskedCall, exchange: Exchange) {
	if (token === undefined) return null;
	return (progress: number, message: string, piece?: StreamPiece) =>
		exchange.tell({
			method: 'notifications/progress',
			params: {
				...{ progressToken: token, progress, message },
				...(piece ? { _meta: { [pieceKey]: { ...piece } } } : {}),
			},
		});
}

/** All tools, as the deck's engine lists them. Two components with a tool of the same name list it twice; calling it fails. */
function listTools(deck: Deck): McpTool[] {
	const components = deck.components.flatMap(({ tools }) => tools.map((tool) => listed(tool, deck.engine)));
	const flows = offeredFlows(deck).map(({ name, description, inputSchema, outputSchema }) => ({
		...{ name, description, inputSchema },
		...(outputSchema && traitsOf(deck.engine).structured && { outputSchema }),
	}));
	return [...components, ...flows, ...builtinsOf(traitsOf(deck.engine))] as McpTool[];
}

function watchTraits(deck: Deck, onChange: () => void): () => void {
	let before = deck.engine;
	return deck.subscribe(() => {
		const now = deck.engine;
		if (now === before) return;
		const differs = JSON.stringify(traitsOf(now)) !== JSON.stringify(traitsOf(before));
		before = now;
		if (differs) onChange();
	});
}
