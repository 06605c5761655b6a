import type { CallToolResult, RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Arguments, StreamPiece } from '../core/call';
import { traitsOf } from '../core/policy';
import { throughJson } from '../core/wit/serde-float';
import type { Json } from '../core/wit/types';
import { writtenOf } from '../core/written-json';
import type { Deck } from '../deck/deck';
import { whyNotPermitted, type Elicit } from './agent/permitted';
import type { BuiltinName } from './builtin-definitions';
import { createBuiltinTools, type BuiltinPorts } from './builtin-tools';
import { callComponent, type CallingClient, type ComponentCallOptions } from './component-call';
import { failure } from './failure';
import { callFlow, offeredFlows, toolOf } from './flow-tools';
import type { AskedCall } from './read-call';

export interface ToolCallOptions extends Omit<BuiltinPorts, 'deck'>, ComponentCallOptions {}

/** What surrounds one `tools/call` on its connection. */
export interface CallSurroundings {
	readonly signal: AbortSignal;
	readonly rpcId: RequestId;
	/** Tells how the call gets on; null where nobody asked. */
	readonly onProgress: ((progress: number, message: string, piece?: StreamPiece) => void) | null;
	/** Asks the person at the other end. */
	readonly elicit: Elicit;
}

/** The program at the other end of the connection. */
export interface ToolClient extends CallingClient {
	/** As it names itself. */
	readonly name: () => string;
}

/** Answers `tools/call` for one connection: by a built-in tool, else a flow that is offered, else the tool of a component. */
export function createToolCalls(
	deck: Deck,
	options: ToolCallOptions,
	client: ToolClient,
): (asked: AskedCall, around: CallSurroundings) => Promise<CallToolResult> {
	const builtins = createBuiltinTools({ deck, ...options });
	const { agent } = options;

	return async (asked, around) => {
		const { name } = asked;
		const { args, judged } = readArguments(asked.args, traitsOf(deck.engine).exactArguments);
		if (builtins.has(name)) return callBuiltin(name as BuiltinName, args, around);
		const call = (tool: string, given: Arguments, more: object) =>
			callComponent(
				deck,
				{ judged: undefined, ...around, ...more, name: tool, args: given },
				options,
				client,
			);
		const flow = offeredFlows(deck).find((offered) => offered.name === name);
		if (!flow) return (await call(name, args, { judged })).result;
		const { signal, onProgress } = around;
		return callFlow(flow, args, {
			signal,
			toolOf: (tool) => toolOf(deck.components, tool),
			onStep: (step, of, tool) => onProgress?.(step, `Step ${step} of ${of}: ${tool}`),
			// Progress has to rise, and the steps tell it.
			call: (tool, stepArgs) => call(tool, stepArgs, { onProgress: null }),
		});
	};

	async function callBuiltin(
		tool: BuiltinName,
		args: Arguments,
		{ signal, elicit }: CallSurroundings,
	): Promise<CallToolResult> {
		if (agent) {
			const { session } = deck;
			const request = { who: agent.who ?? client.name(), tool, arguments: args };
			const ports = { askPerson: agent.askPerson, elicit: client.elicits() ? elicit : null };
			const why = await whyNotPermitted(request, ports, signal);
			if (why !== null) return failure(why);
			if (signal.aborted || deck.session !== session)
				return failure('Nothing was changed: the session was replaced while a person was asked.');
		}
		return builtins.call(tool, args, signal);
	}
}

/** The arguments as the engine reads them, and what it judges them by where that differs. A release reads what came, and reads what it made of that. */
function readArguments(args: AskedCall['args'], isExact: boolean) {
	if (!isExact) return { args, judged: undefined };
	const read = (given: Json) => throughJson(throughJson(given)) as AskedCall['args'];
	const written = writtenOf(args);
	return { args: read(args), judged: written === undefined ? undefined : read(written) };
}
