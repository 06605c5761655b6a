import { ErrorCode, McpError, type CallToolResult, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { CallReport, StreamPiece } from '../core/call';
import { holdsMoreThan } from '../core/part-of-json';
import type { Json } from '../core/wit/types';
import type { Deck } from '../deck/deck';
import { nextTask } from '../sandbox/slices';
import { adviceOf } from './agent/advice';
import type { AgentSide } from './agent/agent-side';
import { createCallNotes } from './call-notes';
import { denialText } from './denial';
import { failure } from './failure';
import type { StepAnswer } from './flow-tools';
import { manyValues } from './link';
import { callResult } from './results';

type ReportOfCall = CallReport & { readonly callId: number };

export interface ComponentCallOptions {
	/** Told of each call of a component's tool that ran, under the id of its JSON-RPC request, before the response is sent. */
	readonly onReport?: (rpcId: RequestId, report: ReportOfCall) => void;
	/** Told when such a call starts to run. */
	readonly onStart?: (rpcId: RequestId, callId: number) => void;
	/** Runs something later; returns what takes it back. */
	readonly later?: (run: () => void, ms: number) => () => void;
	/** What is otherwise for an agent; without it a person or a script at this page is served. */
	readonly agent?: AgentSide;
}

/** One call of a component's tool, as it came over a connection. */
export interface ComponentCall {
	readonly name: string;
	readonly args: { readonly [name: string]: Json };
	/** What the arguments are judged by, where that is not what they are. */
	readonly judged: { readonly [name: string]: Json } | undefined;
	readonly signal: AbortSignal;
	readonly rpcId: RequestId;
	readonly onProgress: ((progress: number, message: string, piece?: StreamPiece) => void) | null;
}

/** The other end of the connection. */
export interface CallingClient {
	/** Whether it can put a question to a person. */
	readonly elicits: () => boolean;
	/** Tells it what a tool printed. */
	readonly print: (tool: string, stream: 'stdout' | 'stderr', text: string) => void;
}

/** Plays a call of a component's tool on a deck and words its answer; rejects with a JSON-RPC error where the page itself broke. */
export async function callComponent(
	deck: Deck,
	call: ComponentCall,
	options: ComponentCallOptions,
	client: CallingClient,
): Promise<StepAnswer> {
	const { name, args, judged, signal, rpcId } = call;
	const { agent } = options;
	// Both are read now: an edit while the call runs must not change how it is answered.
	const { engine } = deck;
	const found = deck.find(name);
	const notes = createCallNotes({
		deck,
		onProgress: call.onProgress,
		onOutput: (stream, text) => client.print(name, stream, text),
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
			result: agent ? withAdvice(result, adviceFor(agent, ended.value), remarks) : result,
			outcome: outcome.status !== 'returned' ? 'error' : outcome.isErr ? 'err' : 'result',
		};
	} catch (error) {
		notes.end();
		const words = error instanceof Error ? error.message : String(error);
		throw new McpError(ErrorCode.InternalError, `The call broke inside the page: ${words}`);
	} finally {
		own?.end();
	}

	function adviceFor(agent: AgentSide, { outcome, callId }: ReportOfCall): string | null {
		if (outcome.status === 'stopped')
			return 'A person who watches stopped this call. Ask them before you make it again.';
		const failed = outcome.status !== 'returned' || outcome.isErr;
		return adviceOf(deck, callId, { canAsk: agent.askPerson !== null || client.elicits(), failed });
	}
}

/** A result with what a person would have to be asked for, which an agent cannot see on the page. */
function withAdvice(result: CallToolResult, advice: string | null, remarks: readonly string[]) {
	const words = [...(advice === null ? [] : [advice]), ...remarks];
	if (words.length === 0) return result;
	return {
		...result,
		content: [...result.content, ...words.map((text) => ({ type: 'text' as const, text }))],
	};
}

function defaultLater(run: () => void, ms: number): () => void {
	const timer = setTimeout(run, ms);
	return () => clearTimeout(timer);
}
