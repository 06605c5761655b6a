import type { ActivityEntry } from '../core/activity';
import type { CallOutcome } from '../core/call';
import type { FileTree } from '../core/files';
import type { MetResponse } from '../core/freeze';
import { observedActivity, type ObservedCall, type SavedCall } from '../core/scenario';
import type { Json } from '../core/wit/types';
import type { FetchLive } from './network';

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

/** Calls and responses that are kept; what comes later is not. */
const most = { calls: 64, responses: 256 } as const;
/** Bytes of response bodies that are kept, of one and of all together: what a scenario of 4 MiB can carry. */
const mostBytes = { each: 2 ** 20, together: 3 * 2 ** 20 } as const;

type Met = { -readonly [key in keyof MetResponse]: MetResponse[key] };

/** Keeps a recording. */
export class Recorder {
	#calls: RecordedCall[] = [];
	#files: FileTree | null = null;
	#startedAt: number | null = null;
	#met: Met[] = [];
	#bytes = 0;

	get recording(): Recording {
		return { calls: [...this.#calls], files: this.#files, startedAt: this.#startedAt, met: [...this.#met] };
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
			if (calls.length < most.calls) calls.push({ ...call, outcome: outcomeOf(outcome) });
		};
	}

	/** Something that decides was changed: earlier calls would no longer go as they went. */
	restart(): void {
		this.#calls = [];
		this.#files = null;
		this.#startedAt = null;
	}

	/** Another session takes the place of this one. */
	clear(): void {
		this.restart();
		this.#met = [];
		this.#bytes = 0;
	}

	/** The same live network, which keeps what it answers. */
	retaining(fetchLive: FetchLive): FetchLive {
		return async (request, grants) => {
			const response = await fetchLive(request, grants);
			if (this.#met.length >= most.responses) return response;
			const { method, url } = request;
			if (!response.ok) {
				this.#met.push({ method, url, status: 0, headers: [], body: null, failure: response.error.tag });
				return response;
			}
			const met: Met = {
				...{ method, url, status: response.status, headers: response.headers },
				body: new Uint8Array(),
			};
			this.#met.push(met);
			return {
				...response,
				read: async () => {
					try {
						const chunk = await response.read();
						if (chunk) this.#keep(met, chunk);
						return chunk;
					} catch (error) {
						met.failure = 'connection-terminated';
						throw error;
					}
				},
			};
		};
	}

	#keep(met: Met, chunk: Uint8Array): void {
		if (!met.body) return;
		const size = met.body.length + chunk.length;
		if (size > mostBytes.each || this.#bytes + chunk.length > mostBytes.together) {
			this.#bytes -= met.body.length;
			met.body = null;
			return;
		}
		const body = new Uint8Array(size);
		body.set(met.body);
		body.set(chunk, met.body.length);
		met.body = body;
		this.#bytes += chunk.length;
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
