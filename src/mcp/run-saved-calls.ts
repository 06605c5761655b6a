import { itemAt } from '../core/item-at';
import type { ActivityEntry, ToolCallEntry } from '../core/activity';
import { err } from '../core/result';
import { flowGroups, resolveCall, type StepEnd, type StepTool } from '../core/flow';
import type { Outlet } from '../core/outlet';
import { observedActivity, type SavedCall } from '../core/scenario/check-call';
import type { Arguments } from '../core/call';
import type { ConsoleClient } from './client';
import { checkSavedCall, endOfCall, observe, type StepResult } from './saved-call';

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
