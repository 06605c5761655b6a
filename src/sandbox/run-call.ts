import { most } from '../core/limits';
import type { CallOutcome, CallReport, CallSetup } from '../core/call';
import type { Program } from '../component/program';
import type { Frame } from './frame';
import { inPieces } from './file-pieces';
import { createInbox } from './inbox';
import { parseReport } from './parse';
import {
	control,
	wireLimits,
	type Job,
	type PageCalls,
	type PageNews,
	type RunnerCalls,
	type RunnerNews,
	type RunReport,
} from './protocol';
import { readResult } from './read-result';
import { releaseChunk } from './release-chunk';
import { codeOf } from './prepare';
import { connect, ProtocolError, type Connection } from './rpc';
import { createSlices } from './slices';
import { Intake } from './intake';
import type { CallPorts } from './supervisor';

const beatMs = 500;

/** A call, and the sandbox that it is given. */
export interface Call {
	readonly frame: Frame;
	readonly program: Program;
	/** Whether the frame has been sent the program's code. */
	readonly isPrepared?: boolean;
	readonly setup: CallSetup;
	readonly ports: CallPorts;
	readonly signal: AbortSignal | undefined;
	readonly now: () => number;
	/** When the call was asked for. */
	readonly asked: number;
	/** What is done once the sandbox is there; default: one call is run, within its time. */
	readonly converse?: Conversation;
}

/** A runner as the page talks to it. */
export type Runner = Connection<RunnerCalls & RunnerNews>;

/** Gives the report that a runner ends with. Without one of its own, a sandbox runs one call. */
export type Conversation = (runner: Runner, job: Job) => Promise<unknown>;

/** Every way a call can end; null where the sandbox was gone before. */
type End = RunReport | CallOutcome | null;

/**
 * Runs one call in a frame, and removes the frame. Every way a call can end comes through `end`, the first one counts. Null where the
 * frame was gone: nothing came of the call, and another may take it.
 */
export async function runCall(call: Call): Promise<CallReport | null> {
	const { frame, setup, ports, signal, now, asked } = call;
	let end!: (how: End) => void;
	const ended = new Promise<End>((resolve) => (end = resolve));
	const broken = ({ message }: Error) =>
		end({ status: 'failed', message: `The sandbox broke its protocol: ${message}.` });
	const intake = new Intake(ports, setup.limits, (limit, message) =>
		end({ status: 'limited', limit, message }),
	);
	const runner = connect<RunnerCalls & RunnerNews, PageCalls & PageNews>(
		{ postMessage: (message, transfer) => frame.send(message, transfer) },
		intake.handlers,
		broken,
		releaseChunk,
	);
	const inbox = createInbox({
		limits: wireLimits,
		receive: runner.receive,
		taken: () => frame.send(control.taken, []),
		onBroken: broken,
		now,
	});
	frame.onmessage = inbox.add;

	const stop = () => end({ status: 'stopped' });
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();
	// What is sent meanwhile is not held up by the answer.
	const isThere = frame.answers();
	void isThere.then((there) => there || end(null));
	void frame.lost.then(async ({ message }) => end((await isThere) ? { status: 'failed', message } : null));
	const times = new Times(asked, now);
	converse(call, runner, times, end).catch((error: unknown) => {
		if (error instanceof ProtocolError) broken(error);
		else end({ status: 'failed', message: error instanceof Error ? error.message : String(error) });
	});

	const how = await ended;
	times.clear();
	signal?.removeEventListener('abort', stop);
	// To take a document away takes longer than all else here; where it still works it is not waited for.
	if (how && !('status' in how)) frame.retire();
	else frame.remove();
	intake.responses.close();
	// What the component did before its end belongs to the record, also where its end was not its own.
	await inbox.drained();
	intake.close();
	inbox.close();
	runner.fail(new Error('the call is over'));
	return how && reportOf(how, intake, times);
}

/** Talks to a runner from when it is there until it has reported. */
async function converse(
	{ frame, program, isPrepared = false, setup, converse: talk }: Call,
	runner: Runner,
	times: Times,
	end: (how: End) => void,
): Promise<void> {
	await frame.ready;
	times.begin();
	const callMs = Math.min(setup.limits.callMs, most.callMs);
	// What runs for others has the time of whoever calls it.
	if (!talk)
		times.after(callMs, () =>
			end({ status: 'limited', limit: 'callMs', message: `The call took longer than ${callMs} ms.` }),
		);
	times.every(beatMs, frame.beat);
	const { files, batches } = inPieces([...setup.files]);
	// Large contents go ahead, a little in each task. One after the other: what is under way is in memory once more.
	for (const batch of batches) await runner.call('files', batch);
	const code = isPrepared ? null : codeOf(program);
	const job: Job = { code, mode: program.mode, setup: { ...setup, files } };
	end(parseReport(await (talk ? talk(runner, job) : runner.call('run', job))));
}

/** When a call began, and what is to happen while it runs. */
class Times {
	readonly #timers: ReturnType<typeof setTimeout>[] = [];
	readonly #asked: number;
	readonly now: () => number;
	#began: number;

	constructor(asked: number, now: () => number) {
		this.#asked = asked;
		this.#began = asked;
		this.now = now;
	}

	/** The sandbox is there. */
	begin(): void {
		this.#began = this.now();
	}

	after(ms: number, run: () => void): void {
		this.#timers.push(setTimeout(run, ms));
	}

	every(ms: number, run: () => void): void {
		this.#timers.push(setInterval(run, ms));
	}

	clear(): void {
		for (const timer of this.#timers) clearTimeout(timer);
	}

	/** Milliseconds from the question to the sandbox, and from there to now. */
	get startMs(): number {
		return this.#began - this.#asked;
	}

	get runMs(): number {
		return this.now() - this.#began;
	}
}

async function reportOf(how: RunReport | CallOutcome, intake: Intake, times: Times): Promise<CallReport> {
	const { startMs } = times;
	if ('status' in how) {
		const counts = { hostMs: 0, hostCalls: intake.recorded, peakMemoryBytes: 0 };
		return { outcome: how, times: { startMs, instantiateMs: 0, runMs: times.runMs, ...counts }, changes: [] };
	}
	const { instantiateMs, runMs, hostMs, hostCalls, peakMemoryBytes } = how;
	const outcome = await outcomeOf(how, times.now);
	return {
		outcome,
		times: { startMs, instantiateMs, runMs, hostMs, hostCalls, peakMemoryBytes },
		changes: [...intake.changed, ...how.changes],
		state: how.state,
	};
}

async function outcomeOf({ outcome }: RunReport, now: () => number): Promise<CallOutcome> {
	if (outcome.status !== 'returned') return outcome;
	try {
		return { ...outcome, json: await readResult(outcome.json, createSlices(now)) };
	} catch (error) {
		return { status: 'failed', message: `The sandbox broke its protocol: ${(error as Error).message}.` };
	}
}
