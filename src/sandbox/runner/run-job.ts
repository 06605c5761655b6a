import type { HostPorts } from '../../core/call';
import { argumentsFromJson, returnedToJson, thrownToJson, type ResultJson } from '../../core/wit';
import { createHost } from '../../host/host';
import { GuestExit, LimitReached, NeedsReplay, type GuestEnd, type Host } from '../../host/types';
import { wireLimits, type Job, type RunOutcome, type RunReport } from '../protocol';
import { callEntry } from './call-entry';
import { exportedFunction } from './exported-function';
import { Memories } from './memories';
import { resultText } from './result-text';

/** Loads a program's source, which only a blob URL of this document can be. */
export type LoadModule = (source: Uint8Array) => Promise<unknown>;

interface ProgramModule {
	instantiate(
		getCoreModule: (name: string) => Promise<WebAssembly.Module>,
		imports: Host['imports'],
		instantiateCore: Memories['instantiate'],
	): unknown;
}

/** Runs one call to its end, whatever that is. */
export async function runJob(job: Job, ports: HostPorts, loadModule: LoadModule): Promise<RunReport> {
	const { setup } = job;
	const began = ports.now();
	let instantiated = began;
	const memories = new Memories();
	const host = createHost({ ...setup, files: new Map(setup.files) }, ports, {
		blocking: 'Suspending' in WebAssembly ? 'jspi' : 'atomics',
	});

	async function call(): Promise<RunOutcome> {
		let run: (...args: readonly unknown[]) => unknown;
		const args = argumentsFromJson(setup.function, setup.arguments);
		if (!args.ok) return { status: 'failed', message: args.error };
		try {
			const module = (await loadModule(job.source)) as ProgramModule;
			const instance = await module.instantiate(coreModules(job), host.imports, memories.instantiate);
			instantiated = ports.now();
			const found = exportedFunction(instance, setup.function);
			if (!found)
				return { status: 'failed', message: `The component has no function ${setup.function.name}.` };
			run = found;
		} catch (error) {
			instantiated = ports.now();
			return error instanceof WebAssembly.RuntimeError
				? trapped(error)
				: { status: 'failed', message: clip(`The component could not be instantiated: ${messageOf(error)}`) };
		}
		try {
			return returned(
				setup.function.entry
					? await callEntry(setup, run, host)
					: returnedToJson(setup.function, await run(...args.value.values)),
			);
		} catch (error) {
			const thrown = thrownToJson(setup.function, error);
			return thrown ? returned(thrown) : trapped(error);
		}
	}

	let outcome = await Promise.race([call(), host.whenEnded.then(outcomeOf)]);
	const ended = host.ended();
	if (ended) outcome = outcomeOf(ended);
	const overMemory = memories.bytes > setup.limits.memoryBytes && outcome.status !== 'limited';
	if (overMemory) {
		outcome = {
			status: 'limited',
			limit: 'memoryBytes',
			message: `The component used more than ${setup.limits.memoryBytes} bytes of memory.`,
		};
	}
	host.finish();
	const { hostCalls, waitedMs } = host.counters();
	return {
		outcome,
		instantiateMs: instantiated - began,
		runMs: ports.now() - instantiated,
		hostMs: waitedMs,
		hostCalls,
		peakMemoryBytes: memories.bytes,
		changes: host.changes(),
	};
}

function coreModules({ modules }: Job): (name: string) => Promise<WebAssembly.Module> {
	const byName = new Map(modules);
	return (name) => {
		const bytes = byName.get(name);
		if (!bytes) throw new Error(`core module ${name} is missing`);
		return WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
	};
}

function returned({ json, isErr }: ResultJson): RunOutcome {
	const text = resultText(json);
	if (text.utf8.byteLength > wireLimits.result) {
		return {
			status: 'trapped',
			message: `The result is larger than ${wireLimits.result} bytes of JSON.`,
		};
	}
	return { status: 'returned', json: text, isErr };
}

function outcomeOf(end: GuestEnd): RunOutcome {
	if (end instanceof LimitReached) return { status: 'limited', limit: end.limit, message: clip(end.message) };
	if (end instanceof GuestExit) return { status: 'exited', code: end.code };
	if (end instanceof NeedsReplay) {
		return {
			status: 'failed',
			message:
				'The component has to wait for the network, and this browser cannot suspend WebAssembly (JSPI). Chromium and Firefox can.',
		};
	}
	return trapped(end);
}

const trapped = (error: unknown): RunOutcome => ({ status: 'trapped', message: clip(messageOf(error)) });

/** What an engine calls a trap, without the stack, which shows our code and not the guest's. */
function messageOf(error: unknown): string {
	if (error instanceof RangeError && /call stack/i.test(error.message))
		return 'wasm trap: call stack exhausted';
	const message = error instanceof Error ? error.message : String(error);
	return message || 'The component trapped.';
}

const clip = (text: string) => text.slice(0, wireLimits.message);
