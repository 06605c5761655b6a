import type { CallOutcome } from '../../core/call';
import { letThrough, type Confinement, type LetThrough } from '../../core/isolation';
import type { EngineId } from '../../core/policy/types';
import type { World } from '../../core/world';
import type { DeckComponent } from '../../deck/deck';
import type { RunUnder } from '../../deck/run-under';
import { callResult } from '../../mcp/results';
import type { Arguments } from '../console/console.svelte';
import type { ShownEnd } from '../result/ending';

/** How a call ended beside the session. */
export type TrialEnding = Extract<ShownEnd, 'result' | 'err' | 'error' | 'trap' | 'limit' | 'stopped'>;

/** How the call went under one confinement. Replaced, never mutated. */
export type Trial =
	| { readonly status: 'none' | 'waiting' | 'running' }
	/** It did not start: the runtime itself says no. */
	| { readonly status: 'refused'; readonly message: string }
	| {
			readonly status: 'settled';
			readonly through: LetThrough;
			readonly result: { readonly text: string; readonly ending: TrialEnding };
			readonly ms: number;
	  };

/** What is called. */
interface TriedCall {
	readonly component: DeckComponent;
	/** Of the tool. */
	readonly name: string;
	readonly engine: EngineId;
	readonly world: World;
}

interface TrialPorts {
	readonly runUnder: RunUnder;
	readonly signal: AbortSignal;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

/** Makes a call under a confinement, beside the session, and sorts what it got. */
export async function tryUnder(
	confinement: Confinement,
	{ component, name, engine, world }: TriedCall,
	args: Arguments,
	{ runUnder, signal, now }: TrialPorts,
): Promise<Trial> {
	const startedAt = now();
	const ran = await runUnder(component.id, name, args, confinement, { signal });
	if (!ran.ok) return { status: 'refused', message: ran.error.message };
	const { report, hostCalls } = ran.value;
	const tool = component.tools.find((other) => other.name === name) ?? null;
	const { content } = callResult(report.outcome, tool, engine, null);
	return {
		status: 'settled',
		through: letThrough(hostCalls, confinement, world.variables.keys()),
		result: {
			text: content.map((item) => (item.type === 'text' ? item.text : '')).join('\n'),
			ending: endingOfOutcome(report.outcome),
		},
		ms: now() - startedAt,
	};
}

function endingOfOutcome(outcome: CallOutcome): TrialEnding {
	switch (outcome.status) {
		case 'returned':
			return outcome.isErr ? 'err' : 'result';
		case 'trapped':
			return 'trap';
		case 'limited':
			return 'limit';
		case 'stopped':
			return 'stopped';
		case 'exited':
			return outcome.code === 0 ? 'result' : 'error';
		case 'failed':
			return 'error';
	}
}
