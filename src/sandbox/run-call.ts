import { most } from '../core/limits';
import type { CallOutcome, CallReport, CallSetup } from '../core/call';
import type { FileChange } from '../core/files';
import type { Program } from '../component/program';
import type { Frame } from './frame';
import { inPieces } from './file-pieces';
import { createInbox } from './inbox';
import { createIntake } from './intake';
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
import { createResponses } from './responses';
import { releaseChunk } from './release-chunk';
import { codeOf } from './prepare';
import { connect, ProtocolError, type Connection } from './rpc';
import { createSlices } from './slices';
import type { CallPorts } from './supervisor';

const beatMs = 500;

interface Call {
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

/** Runs one call in a frame, and removes the frame. Every way a call can end comes through `end`, the first one counts. */
export async function runCall({
	frame,
	program,
	isPrepared = false,
	setup,
	ports,
	signal,
	now,
	asked,
	converse: talk,
}: Call): Promise<CallReport> {
	const { limits } = setup;
	let end!: (how: RunReport | CallOutcome) => void;
	const ended = new Promise<RunReport | CallOutcome>((resolve) => (end = resolve));

	const broken = ({ message }: Error) =>
		end({ status: 'failed', message: `The sandbox broke its protocol: ${message}.` });
	const limited = (limit: keyof CallSetup['limits'], message: string) =>
		end({ status: 'limited', limit, message });

	const responses = createResponses(ports.request, limits, limited);
	const intake = createIntake(ports, { limits, responses, limited });
	const runner = connect<RunnerCalls & RunnerNews, PageCalls & PageNews>(
		{ postMessage: (message, transfer) => frame.send(message, transfer) },
		intake.answers,
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
	void frame.lost.then(({ message }) => end({ status: 'failed', message }));
	const timers: ReturnType<typeof setTimeout>[] = [];
	let began = asked;

	async function converse(): Promise<void> {
		await frame.ready;
		began = now();
		const callMs = Math.min(limits.callMs, most.callMs);
		// What runs for others has the time of whoever calls it.
		if (!talk)
			timers.push(setTimeout(() => limited('callMs', `The call took longer than ${callMs} ms.`), callMs));
		timers.push(setInterval(frame.beat, beatMs));
		const job = await sendFiles(runner, jobOf(program, isPrepared, setup));
		end(parseReport(await (talk ? talk(runner, job) : runner.call('run', job))));
	}
	converse().catch((error: unknown) => {
		if (error instanceof ProtocolError) broken(error);
		else end({ status: 'failed', message: error instanceof Error ? error.message : String(error) });
	});

	const how = await ended;
	for (const timer of timers) clearTimeout(timer);
	signal?.removeEventListener('abort', stop);
	frame.remove();
	responses.close();
	// What the component did before its end belongs to the record, also where its end was not its own.
	await inbox.drained();
	intake.close();
	inbox.close();
	runner.fail(new Error('the call is over'));

	const startMs = began - asked;
	if (!('status' in how)) return reportOf(how, { startMs, changed: intake.changed, now });
	const ran = { instantiateMs: 0, runMs: now() - began, hostMs: 0, peakMemoryBytes: 0 };
	return { outcome: how, times: { startMs, ...ran, hostCalls: intake.recorded() }, changes: [] };
}

/** The report of a call that its runner itself ended. */
async function reportOf(
	ended: RunReport,
	{
		startMs,
		changed,
		now,
	}: { readonly startMs: number; readonly changed: readonly FileChange[]; readonly now: () => number },
): Promise<CallReport> {
	const { instantiateMs, runMs, hostMs, hostCalls, peakMemoryBytes } = ended;
	return {
		outcome: await outcomeOf(ended, now),
		times: { startMs, instantiateMs, runMs, hostMs, hostCalls, peakMemoryBytes },
		changes: [...changed, ...ended.changes],
		state: ended.state,
	};
}

/** Sends large contents ahead, a little in each task, and gives the job without them. */
async function sendFiles(runner: Runner, job: Job): Promise<Job> {
	const { files, batches } = inPieces(job.setup.files);
	// One after the other: what is under way is in memory once more.
	for (const batch of batches) await runner.call('files', batch);
	return { ...job, setup: { ...job.setup, files } };
}

async function outcomeOf({ outcome }: RunReport, now: () => number): Promise<CallOutcome> {
	if (outcome.status !== 'returned') return outcome;
	try {
		return { ...outcome, json: await readResult(outcome.json, createSlices(now)) };
	} catch (error) {
		return { status: 'failed', message: `The sandbox broke its protocol: ${(error as Error).message}.` };
	}
}

function jobOf(program: Program, isPrepared: boolean, { files, ...setup }: CallSetup): Job {
	const code = isPrepared ? null : codeOf(program);
	return { code, mode: program.mode, setup: { ...setup, files: [...files] } };
}
