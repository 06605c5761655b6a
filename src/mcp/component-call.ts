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
import type { Exchange } from './exchange';
import { failure } from './failure';
import type { StepAnswer } from './flow-tools';
import { manyValues } from './link';
import { callResult } from './results';

export interface ComponentCallPorts {
	readonly deck: Deck;
	/** Told of each call of a component's tool that ran, under the id of its JSON-RPC request, before the response is sent. */
	readonly onReport?: (rpcId: RequestId, report: CallReport & { readonly callId: number }) => void;
	/** Told when such a call starts to run. */
	readonly onStart?: (rpcId: RequestId, callId: number) => void;
	/** Runs something later; returns what takes it back. */
	readonly later?: (run: () => void, ms: number) => () => void;
	readonly agent?: AgentSide;
}

interface ComponentCall {
	readonly name: string;
	readonly args: { readonly [name: string]: Json };
	readonly judged: { readonly [name: string]: Json } | undefined;
	readonly exchange: Pick<Exchange, 'signal' | 'rpcId' | 'tell' | 'elicit' | 'logs'>;
	readonly onProgress: ((progress: number, message: string, piece?: StreamPiece) => void) | null;
}

/** Plays one call of a component's tool, tells what happens while it runs, and makes of its end what an agent or a client is answered. */
export async function callComponent(
	ports: ComponentCallPorts,
	{ name, args, judged, exchange, onProgress }: ComponentCall,
): Promise<StepAnswer> {
	const { deck, agent } = ports;
	const { signal, rpcId } = exchange;
	// Both are read now: an edit while the call runs must not change how it is answered.
	const { engine } = deck;
	const found = deck.find(name);
	const notes = createCallNotes({
		...{ deck, onProgress },
		// Also where the release declares no logging, and would send nothing: it is how the wire here shows what a guest prints.
		onOutput: (stream, data) => {
			const level = stream === 'stdout' ? 'info' : 'warning';
			if (exchange.logs(level))
				exchange.tell({ method: 'notifications/message', params: { level, logger: name, data } });
		},
		later: ports.later ?? defaultLater,
	});
	const own = agent?.calls.begin();
	try {
		const play = () =>
			deck.call(name, args, {
				...{ signal: own ? AbortSignal.any([signal, own.signal]) : signal, ...(judged && { judged }) },
				...(agent && { by: 'agent' as const }),
				...{ onOutput: notes.output, onPiece: notes.piece },
				onStart: (callId) => {
					ports.onStart?.(rpcId, callId);
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
		ports.onReport?.(rpcId, ended.value);
		const { outcome, callId } = ended.value;
		// What was done to keep the end of the call, and what is made of its result, both take long then.
		if (outcome.status === 'returned' && holdsMoreThan(outcome.json, manyValues)) await nextTask();
		const denial = denialText(deck.activity, callId, engine);
		const result = callResult(outcome, found.ok ? found.value.tool : null, engine, denial);
		return {
			bare: result,
			result: agent ? withAdvice(ports, exchange, result, { ...ended.value, remarks }) : result,
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
	{ deck, agent }: ComponentCallPorts,
	{ elicit }: Pick<Exchange, 'elicit'>,
	result: CallToolResult,
	{ outcome, callId, remarks }: CallReport & { readonly callId: number; readonly remarks: readonly string[] },
): CallToolResult {
	const failed = outcome.status !== 'returned' || outcome.isErr;
	const canAsk = (agent?.askPerson ?? null) !== null || elicit !== null;
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

function defaultLater(run: () => void, ms: number): () => void {
	const timer = setTimeout(run, ms);
	return () => clearTimeout(timer);
}
