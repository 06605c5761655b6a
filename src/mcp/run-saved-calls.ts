import type { ActivityEntry, ToolCallEntry } from '../core/activity';
import type { Outgoing, Outlet } from '../core/outlet';
import {
	checkCall,
	observedActivity,
	type Difference,
	type ObservedCall,
	type SavedCall,
} from '../core/scenario/check-call';
import type { Json } from '../core/wit/types';
import type { CallSettled, ConsoleClient } from './client';

/** How one saved call went. `observed` is null where the client was given no answer. */
export interface StepResult {
	readonly call: SavedCall;
	readonly status: 'passed' | 'failed' | 'stopped';
	readonly observed: Outgoing<ObservedCall> | null;
	/** Why it failed. */
	readonly difference: Difference | null;
	/** Milliseconds. */
	readonly duration: number;
}

export interface SavedCallPorts {
	readonly client: Pick<ConsoleClient, 'callTool'>;
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
}

/**
 * Makes saved calls one after the other and holds each against what is expected of it. Goes on after a difference, and stops where the
 * signal is aborted. Without a record, expected host calls are not checked.
 */
export async function runSavedCalls(
	{ client, record, outlet, now }: SavedCallPorts,
	calls: readonly SavedCall[],
	{ signal, onStart, onStep }: SavedCallOptions = {},
): Promise<readonly StepResult[]> {
	const results: StepResult[] = [];
	for (const [index, call] of calls.entries()) {
		if (signal?.aborted) break;
		onStart?.(index);
		const startedAt = now();
		const newest = record?.activity.at(-1)?.id ?? 0;
		const settled = await client.callTool(call.tool, call.arguments as { [name: string]: Json }, { signal });
		const activity = record?.activity ?? [];
		const entry = entrySince(activity, newest, call.tool);
		const hostCalls = entry ? observedActivity(activity, entry.callId) : [];
		const observed = observe(settled, hostCalls, { status: entry?.status, outlet: outlet() });
		const difference = observed
			? checkSavedCall(call, observed, { isRecorded: record !== null, outlet: outlet() })
			: null;
		const result: StepResult = {
			call,
			status: observed ? (difference ? 'failed' : 'passed') : 'stopped',
			observed,
			difference,
			duration: now() - startedAt,
		};
		results.push(result);
		onStep?.(index, result);
	}
	return results;
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
			const { content, structuredContent, isError } = settled.result;
			const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
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

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

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
