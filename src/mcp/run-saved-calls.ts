import { itemAt } from '../core/item-at';
import type { ActivityEntry, ToolCallEntry } from '../core/activity';
import { err } from '../core/result';
import { flowGroups, resolveCall, type StepEnd, type StepTool } from '../core/flow';
import type { Outgoing, Outlet } from '../core/outlet';
import {
	checkCall,
	observedActivity,
	type Difference,
	type ObservedCall,
	type SavedCall,
} from '../core/scenario/check-call';
import type { Arguments } from '../core/call';
import type { CallSettled, ConsoleClient } from './client';
import { parsed, stepEnd, contentText } from './step-end';

/** How one saved call went. `observed` is null where the client was given no answer. */
export interface StepResult {
	readonly call: SavedCall;
	readonly status: 'passed' | 'failed' | 'stopped';
	readonly observed: Outgoing<ObservedCall> | null;
	/** Why it failed. */
	readonly difference: Difference | null;
	/** Milliseconds. */
	readonly duration: number;
	/** What it was called with, with what was taken from earlier results; those of the saved call where it was not made. */
	readonly arguments: Arguments;
	/** How it ended, for the steps that take from it; null where it was not made, or was given no answer. */
	readonly end: StepEnd | null;
}

export interface SavedCallPorts {
	readonly client: Pick<ConsoleClient, 'callTool' | 'tools'>;
	/** The record that the calls leave; null where the server is elsewhere, and its host calls cannot be seen. */
	readonly record: { readonly activity: readonly ActivityEntry[] } | null;
	/** The way out of the session: secrets are hidden in what is expected, and in what a call did. */
	readonly outlet: () => Outlet;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

export interface SavedCallOptions {
	readonly signal?: AbortSignal;
	readonly onStart?: (index: number) => void;
	readonly onStep?: (index: number, result: StepResult) => void;
	/** The index of the one call to make; default all. */
	readonly only?: number;
	/** How a call that is not made now ended the last time. */
	readonly endOf?: (index: number) => StepEnd | null;
}

/**
 * Makes saved calls one after the other and holds each against what is expected of it. Goes on after a difference, save with what belongs to
 * the same flow, and stops where the signal is aborted. Without a record, expected host calls are not checked.
 */
export async function runSavedCalls(
	ports: SavedCallPorts,
	calls: readonly SavedCall[],
	{ signal, onStart, onStep, only, endOf = () => null }: SavedCallOptions = {},
): Promise<readonly StepResult[]> {
	const results: StepResult[] = [];
	const ends = new Map<number, StepEnd | null>();
	const groups = flowGroups(calls);
	/** By flow, the number of the step that it stopped at. */
	const stoppedAt = new Map<number, number>();
	for (const [index, call] of calls.entries()) {
		if (only !== undefined && index !== only) continue;
		if (signal?.aborted) break;
		onStart?.(index);
		const known = ports.client.tools.find(({ name }) => name === call.tool) ?? null;
		const stop = stoppedAt.get(itemAt(groups, index));
		const resolved =
			stop === undefined
				? resolveCall(call, index + 1, {
						ended: (step) => (ends.has(step - 1) ? ends.get(step - 1) : endOf(step - 1)) ?? undefined,
						inputSchema: known?.inputSchema ?? null,
					})
				: err(`It was not made: its flow stopped at step ${stop} (${itemAt(calls, stop - 1).tool}).`);
		const result = resolved.ok
			? await makeCall(ports, call, { args: resolved.value, known, signal })
			: unmade(ports, call, resolved.error);
		ends.set(index, result.end);
		if (stop === undefined && isFailure(result)) stoppedAt.set(itemAt(groups, index), index + 1);
		results.push(result);
		onStep?.(index, result);
	}
	return results;
}

/** Whether a flow ends with a step: it did something else than expected, or failed where nothing says that it should. */
const isFailure = ({ call, status, observed }: StepResult): boolean =>
	status !== 'passed' || (observed?.outcome !== 'result' && call.expect?.outcome === undefined);

const unmade = ({ outlet }: SavedCallPorts, call: SavedCall, message: string): StepResult => ({
	call,
	status: 'failed',
	observed: null,
	difference: { at: 'flow', message: outlet().text(message) },
	duration: 0,
	arguments: call.arguments,
	end: null,
});

async function makeCall(
	{ client, record, outlet, now }: SavedCallPorts,
	call: SavedCall,
	{
		args,
		known,
		signal,
	}: { readonly args: Arguments; readonly known: StepTool | null; readonly signal: AbortSignal | undefined },
): Promise<StepResult> {
	const startedAt = now();
	const newest = record?.activity.at(-1)?.id ?? 0;
	const settled = await client.callTool(call.tool, args, { signal });
	const activity = record?.activity ?? [];
	const entry = entrySince(activity, newest, call.tool);
	const hostCalls = entry ? observedActivity(activity, entry.callId) : [];
	const observed = observe(settled, hostCalls, { status: entry?.status, outlet: outlet() });
	const difference = observed
		? checkSavedCall(call, observed, { isRecorded: record !== null, outlet: outlet() })
		: null;
	return {
		call,
		status: observed ? (difference ? 'failed' : 'passed') : 'stopped',
		observed,
		difference,
		duration: now() - startedAt,
		arguments: args,
		end: endOfCall(call.tool, settled, observed, known),
	};
}

/** How a call ended, for the steps that take from it; null where it was given no answer. */
export function endOfCall(
	tool: string,
	settled: CallSettled,
	observed: Pick<ObservedCall, 'outcome'> | null,
	known: StepTool | null,
): StepEnd | null {
	if (!observed) return null;
	if (settled.status !== 'result') return { tool, outcome: 'error', value: undefined };
	return stepEnd(tool, settled.result, observed.outcome, known);
}

/**
 * As `checkCall`, leaving out the host calls of a server whose record cannot be seen. Secrets are hidden on both sides, so that a call is
 * held to the same after it was shared.
 */
export function checkSavedCall(
	call: SavedCall,
	observed: ObservedCall,
	{ isRecorded, outlet }: { readonly isRecorded: boolean; readonly outlet: Outlet },
): Difference | null {
	const { expect } = outlet.call(call);
	return checkCall(isRecorded ? expect : { ...expect, activity: undefined }, outlet.observed(observed));
}

/**
 * How a call ended, in the terms of an expectation; null where the client was given no answer. `status` is what the record says of the call: it alone
 * tells a WIT `err` from a record with one field of that name.
 */
export function observe(
	settled: CallSettled,
	activity: ObservedCall['activity'],
	{ status, outlet }: { readonly status?: ToolCallEntry['status']; readonly outlet: Outlet },
): Outgoing<ObservedCall> | null {
	switch (settled.status) {
		case 'result': {
			const { structuredContent, isError } = settled.result;
			const text = contentText(settled.result);
			const value = structuredContent ? structuredContent['result'] : parsed(text);
			const isWitErr = status === 'result' || status === 'err' ? status === 'err' : looksLikeErr(value);
			return outlet.observed({ outcome: isError ? 'error' : isWitErr ? 'err' : 'result', text, activity });
		}
		case 'timeout':
		case 'failed':
			return outlet.observed({ outcome: 'error', text: settled.message, activity });
		case 'cancelled':
			return null;
	}
}

/** Whether a value can be a WIT `err`, as Wassette turns it to JSON: all there is to go by where a server is elsewhere. */
const looksLikeErr = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.keys(value).join() === 'err';

/** The first call of a tool that was recorded after an entry. */
function entrySince(
	activity: readonly ActivityEntry[],
	newest: number,
	tool: string,
): ToolCallEntry | undefined {
	return activity.find(
		(entry): entry is ToolCallEntry => entry.kind === 'tool-call' && entry.id > newest && entry.tool === tool,
	);
}
