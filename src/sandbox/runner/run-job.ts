import type { HostCall } from '../../core/activity';
import type { ReadState, HostPorts } from '../../core/call';
import { memoryAdvice } from '../../core/memory-advice';
import { argumentsFromJson, returnedToJson, thrownToJson, type ResultJson } from '../../core/wit';
import type { WitFunction } from '../../core/wit/types';
import { createHost } from '../../host/host';
import { Tape } from '../../host/replay/tape';
import { LimitReached, NeedsReplay, type Host } from '../../host/types';
import { wireLimits, type Job, type RunOutcome, type RunReport } from '../protocol';
import { refuseShape } from '../json-shape';
import { collect, TooMuch } from './collect';
import { callEntry } from './call-entry';
import { Growth } from './growth';
import { exportedFunction } from './exported-function';
import { CoreModules, Memories } from './memories';
import { readState } from './read-state';
import { encodeResult } from './result-text';
import { clip, messageOf, outcomeOf, trapped, type ProgramModule } from './run-outcome';

/** The program of a call, where it runs. */
export interface LoadedProgram {
	/** Evaluates its source and gives the module that it is. */
	readonly load: () => Promise<unknown>;
	readonly modules: CoreModules;
}

/** What an attempt at a call needs, made once for all of them. */
interface CallParts {
	readonly job: Pick<Job, 'setup' | 'mode'>;
	readonly program: () => Promise<ProgramModule>;
	readonly modules: CoreModules;
	readonly now: () => number;
	/** Told what comes of the streams of the result. */
	readonly growth: Growth;
}

/** The row of the record for all that came of a result's streams. */
const streamRow = (came: string, at: number): HostCall => ({
	capability: 'output',
	operation: 'stream',
	target: 'result',
	outcome: 'allow',
	rule: null,
	reason: 'not-governed',
	detail: came,
	at,
});

/**
 * Runs one call to its end, whatever that is. A component that cannot be suspended runs until it has to wait for an answer, and then again
 * from the start with the answers so far, until it needs none that is missing.
 */
export async function runJob(
	job: Pick<Job, 'setup' | 'mode'>,
	{ load, modules }: LoadedProgram,
	ports: HostPorts,
): Promise<RunReport> {
	const began = ports.now();
	const growth = new Growth({ tell: (piece) => ports.piece?.(piece), now: ports.now });
	let loading: Promise<ProgramModule> | null = null;
	const parts: CallParts = {
		job,
		program: () => (loading ??= load() as Promise<ProgramModule>),
		modules,
		now: ports.now,
		growth,
	};
	const tape = job.mode === 'sync' ? new Tape(ports) : null;
	let first: number | null = null;
	let most = 0;
	for (;;) {
		const attempt = tape?.attempt();
		const memories = new Memories(modules, job.setup.limits, memoryAdvice(job.setup));
		const host = createHost(
			{ ...job.setup, files: new Map(job.setup.files) },
			attempt?.ports ?? ports,
			attempt && { attempt },
		);
		const { outcome, instantiated, state } = await runOnce(parts, host, memories);
		first ??= instantiated;
		most = Math.max(most, memories.bytes);
		const ended = host.ended();
		if (ended instanceof NeedsReplay && outcome.status !== 'limited') {
			await ended.answered();
			continue;
		}
		growth.flush();
		const came = growth.summary();
		if (came !== null) ports.record(streamRow(came, ports.now() - began));
		host.finish();
		const { hostCalls, waitedMs } = host.counters();
		return {
			outcome,
			instantiateMs: first - began,
			runMs: ports.now() - first,
			hostMs: waitedMs,
			hostCalls,
			peakMemoryBytes: most,
			// As where the page ends a call: what it did until then is half of something.
			changes: outcome.status === 'limited' ? [] : host.changes(),
			state: outcome.status === 'returned' ? state : [],
		};
	}
}

/** Instantiates the component and calls its function, once; also tells when the function was called. */
async function runOnce(
	{ job, program, modules, now, growth }: CallParts,
	host: Host,
	memories: Memories,
): Promise<{ outcome: RunOutcome; instantiated: number; state: ReadState }> {
	const { setup } = job;
	let instantiated = now();
	let state: ReadState = [];

	async function call(): Promise<RunOutcome> {
		let run: (...args: readonly unknown[]) => unknown;
		let read: () => Promise<ReadState>;
		const args = argumentsFromJson(setup.function, setup.arguments);
		if (!args.ok) return { status: 'failed', message: args.error };
		try {
			const module = await program();
			const instance = await module.instantiate(modules.get, host.imports, memories.instantiate);
			instantiated = now();
			const found = exportedFunction(instance, setup.function, module.renamed);
			if (!found)
				return { status: 'failed', message: `The component has no function ${setup.function.name}.` };
			run = found;
			read = () => readState(instance, setup.reads ?? [], module.renamed);
		} catch (error) {
			instantiated = now();
			if (error instanceof LimitReached) return outcomeOf(error);
			return error instanceof WebAssembly.RuntimeError
				? trapped(error)
				: { status: 'failed', message: clip(`The component could not be instantiated: ${messageOf(error)}`) };
		}
		try {
			const result = setup.function.entry
				? await callEntry(setup, run, host)
				: returnedToJson(
						setup.function,
						await taken(setup.function, await run(...args.value.values), growth),
					);
			state = await read();
			return await returned(result);
		} catch (error) {
			if (error instanceof TooMuch) return { status: 'trapped', message: error.message };
			const thrown = thrownToJson(setup.function, error);
			return thrown ? await returned(thrown) : trapped(error);
		}
	}

	let outcome = await Promise.race([call(), host.whenEnded.then(outcomeOf)]);
	const ended = host.ended();
	if (ended) outcome = outcomeOf(ended);
	if (memories.bytes > setup.limits.memoryBytes && outcome.status !== 'limited') {
		outcome = {
			status: 'limited',
			limit: 'memoryBytes',
			message: `The component used more than ${setup.limits.memoryBytes} bytes of memory. ${memoryAdvice(setup)}`,
		};
	}
	if (memories.refused && outcome.status === 'trapped') {
		// A guest may get on without what it was refused; one that trapped afterwards did not, or has another reason, which nothing tells.
		const limit = `it had been refused more memory than the limit of ${setup.limits.memoryBytes} bytes`;
		const advice = memoryAdvice(setup).replace(/\.$/, '');
		outcome = { status: 'trapped', message: clip(`${outcome.message} (before that, ${limit}; ${advice})`) };
	}
	return { outcome, instantiated, state };
}

/**
 * What a function returned with its streams and futures taken. Generated code gives the `ok` of a `result` alone and throws the `err`, so
 * at the top it is the type of that.
 */
function taken(fn: WitFunction, value: unknown, growth: Growth): Promise<unknown> {
	const type = fn.result?.kind === 'result' && !isTagged(value) ? fn.result.ok : fn.result;
	return type
		? collect(type, value, { mostItems: wireLimits.result, onItems: growth.add })
		: Promise.resolve(value);
}

const isTagged = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	['ok', 'err'].includes((value as { tag?: string }).tag ?? '');

async function returned({ json, isErr }: ResultJson): Promise<RunOutcome> {
	const text = encodeResult(json);
	if (text.utf8.byteLength > wireLimits.result) {
		return {
			status: 'trapped',
			message: `The result is larger than ${wireLimits.result} bytes of JSON.`,
		};
	}
	const refusal = await refuseShape(text.utf8);
	if (refusal !== null) return { status: 'trapped', message: `The result ${refusal}.` };
	return { status: 'returned', json: text, isErr };
}
