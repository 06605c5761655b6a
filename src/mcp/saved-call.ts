import type { ToolCallEntry } from '../core/activity';
import type { Arguments } from '../core/call';
import type { StepEnd, StepTool } from '../core/flow';
import type { Outgoing, Outlet } from '../core/outlet';
import { checkCall, type Difference, type ObservedCall, type SavedCall } from '../core/scenario/check-call';
import type { CallSettled } from './client';
import { contentText, parsed, stepEnd } from './step-end';

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
