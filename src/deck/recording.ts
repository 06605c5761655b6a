import type { ActivityEntry } from '../core/activity';
import type { CallOutcome } from '../core/call';
import type { FileTree } from '../core/files';
import type { MetResponse } from '../core/freeze';
import { observedActivity, type ObservedCall, type SavedCall } from '../core/scenario';
import type { Json } from '../core/wit/types';

/** A call as it was made, and how it ended. */
export interface RecordedCall {
	readonly callId: number;
	readonly tool: string;
	readonly arguments: { readonly [name: string]: Json };
	readonly outcome: ObservedCall['outcome'];
}

/** What a session remembers so that it can be repeated: bounded, in memory, and gone with the session. */
export interface Recording {
	/** The calls since policies, engine, components or world were last changed, in order. */
	readonly calls: readonly RecordedCall[];
	/** The files before the first of these calls; null where there was none. */
	readonly files: FileTree | null;
	/** Milliseconds since the epoch at the first of these calls; null where there was none. */
	readonly startedAt: number | null;
	/** What the live network answered since the session began or was replaced. */
	readonly met: readonly MetResponse[];
}

/** Calls that are kept; what comes later is not. */
const mostCalls = 64;

/** Keeps the calls of a recording. */
export class CallRecorder {
	#calls: RecordedCall[] = [];
	#files: FileTree | null = null;
	#startedAt: number | null = null;

	get recording(): Omit<Recording, 'met'> {
		return { calls: [...this.#calls], files: this.#files, startedAt: this.#startedAt };
	}

	/** A call starts, on these files. Returns what to tell when it ended. */
	begin(
		call: Omit<RecordedCall, 'outcome'>,
		files: FileTree,
		now: number,
	): (outcome: CallOutcome | 'refused') => void {
		this.#files ??= files;
		this.#startedAt ??= now;
		const calls = this.#calls;
		return (outcome) => {
			// Where a person stopped a call is chance, and cannot be repeated.
			if (outcome !== 'refused' && outcome.status === 'stopped') return;
			// After a restart this is no longer the list that counts, and the call began before it.
			if (calls.length < mostCalls) calls.push({ ...call, outcome: outcomeOf(outcome) });
		};
	}

	/** Something that decides was changed: earlier calls would no longer go as they went. */
	restart(): void {
		this.#calls = [];
		this.#files = null;
		this.#startedAt = null;
	}
}

function outcomeOf(outcome: CallOutcome | 'refused'): ObservedCall['outcome'] {
	if (outcome === 'refused' || outcome.status !== 'returned') return 'error';
	return outcome.isErr ? 'err' : 'result';
}

/** Host calls that an expectation names at most: more would make a link longer than anyone reads. */
const mostExpected = 100;

/** The calls of a recording as saved calls that are expected to go as they went. */
export function savedCallsOf(
	calls: readonly RecordedCall[],
	activity: readonly ActivityEntry[],
): readonly SavedCall[] {
	return calls.map(({ callId, tool, arguments: args, outcome }) => ({
		tool,
		arguments: { ...args },
		expect: { outcome, activity: observedActivity(activity, callId).slice(0, mostExpected) },
	}));
}
