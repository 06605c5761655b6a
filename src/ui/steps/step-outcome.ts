import type { ActivityEntry } from '../../core/activity';
import type { Outgoing, Outlet } from '../../core/outlet';
import { compareObserved, type Difference, type ObservedCall, type SavedCall } from '../../core/scenario';
import type { ConsoleClient } from '../../mcp/client';
import { checkSavedCall, type StepResult } from '../../mcp/run-saved-calls';

/** A server that steps run against. */
export interface StepServer {
	readonly key: string;
	readonly name: string;
	readonly client: Pick<ConsoleClient, 'callTool' | 'tools'>;
	/** Its host calls; null where it is elsewhere, and they cannot be seen. */
	readonly record: { readonly activity: readonly ActivityEntry[] } | null;
}

/** How a step went at one server. `none` is not run yet. */
export interface StepOutcome {
	readonly server: { readonly key: string; readonly name: string };
	readonly status: 'none' | 'running' | 'passed' | 'failed' | 'stopped';
	readonly observed: Outgoing<ObservedCall> | null;
	readonly difference: Difference | null;
	/** Milliseconds; null where it did not end. */
	readonly duration: number | null;
	/** What decides has changed since it ran. */
	readonly stale: boolean;
}

/** A saved call as the list shows it. */
export interface Step {
	readonly key: number;
	readonly index: number;
	readonly call: SavedCall;
	/** One for each server, this page's first. */
	readonly outcomes: readonly StepOutcome[];
	/** Where two servers answered differently, as a sentence. */
	readonly apart: string | null;
}

/** What a server was seen to answer, and what decided then. */
export interface Observation {
	readonly result: StepResult;
	readonly signature: string;
}

/** How a saved call went at a server, by what was seen of it there and what is expected of it now. */
export function outcomeAt(
	{ key, name, record }: StepServer,
	call: SavedCall,
	observation: Observation | undefined,
	now: { readonly isRunning: boolean; readonly signature: string; readonly outlet: Outlet },
): StepOutcome {
	const server = { key, name };
	const base = { server, observed: null, difference: null, duration: null, stale: false };
	if (now.isRunning) return { ...base, status: 'running' };
	if (!observation) return { ...base, status: 'none' };
	const { observed, duration, difference: told } = observation.result;
	// What was not made is held against nothing: it says itself why.
	const difference = observed
		? checkSavedCall(call, observed, { isRecorded: record !== null, outlet: now.outlet })
		: told;
	return {
		server,
		observed,
		difference,
		duration,
		status: difference ? 'failed' : observed ? 'passed' : 'stopped',
		stale: observation.signature !== now.signature,
	};
}

/** Where servers answered differently from the first, as a sentence; null where none did. */
export function apartWords(outcomes: readonly StepOutcome[]): string | null {
	const [here, ...others] = outcomes;
	if (!here?.observed) return null;
	for (const other of others) {
		if (!other.observed) continue;
		const apart = compareObserved(
			{ name: here.server.name, observed: here.observed },
			{ name: other.server.name, observed: other.observed },
		);
		if (apart !== null) return apart;
	}
	return null;
}

/** Steps by how they went everywhere they ran: failed where one server failed. */
export function countSteps(steps: readonly Step[]): { readonly passed: number; readonly failed: number } {
	let passed = 0;
	let failed = 0;
	for (const { outcomes } of steps) {
		if (outcomes.some(({ status }) => status === 'failed')) failed += 1;
		else if (outcomes.some(({ status }) => status === 'passed')) passed += 1;
	}
	return { passed, failed };
}
