import type { HostPorts } from '../../core/call';
import { fromCrossing, toCrossing, type CrossAnswer, type Crossing } from '../../core/link';
import { memoryAdvice } from '../../core/memory-advice';
import { taggedResult } from '../../core/wit';
import { camelCase, exportKeys, pascalCase } from '../../core/wit/names';
import type { WitItem } from '../../core/wit/parse-wit';
import type { WitFunction } from '../../core/wit/types';
import { createHost } from '../../host/host';
import { memberNamed } from '../../host/members';
import type { Host } from '../../host/types';
import { wireLimits, type Job, type RunReport } from '../protocol';
import { exportedFunction } from './exported-function';
import { Memories } from './memories';
import type { LoadedProgram } from './run-job';
import { messageOf, outcomeOf, type ProgramModule } from './run-outcome';

/** A component that runs for others. */
export interface RunningPart {
	invoke(crossing: Crossing): Promise<CrossAnswer>;
	/** A resource of its own is done with. */
	release(resource: number): void;
	/** What it did until now, and how it ended. */
	report(): RunReport;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** Instantiates a component that others call, under its own grants. Throws where it cannot be. */
export async function startPart(
	job: Pick<Job, 'setup' | 'mode'>,
	{ load, modules }: LoadedProgram,
	ports: HostPorts,
): Promise<RunningPart> {
	const { setup } = job;
	const began = ports.now();
	const memories = new Memories(modules, setup.limits, memoryAdvice(setup));
	const host = createHost({ ...setup, files: new Map(setup.files) }, ports);
	const module = (await load()) as ProgramModule;
	const instance = await module.instantiate(modules.get, host.imports, memories.instantiate);
	const instantiated = ports.now();
	const find = (item: WitItem, fn: WitFunction) => memberIn(instance, item, fn, { host, module });

	return {
		async invoke({ import: index, fn: at, args }) {
			const item = setup.serves?.[index];
			const fn = item?.functions[at];
			if (!item || !fn) return failed('It is asked for a function that it does not have.');
			try {
				const run = find(item, fn);
				if (!run) return failed(`It has no function ${fn.name}.`);
				const values = fn.params.map(({ type }, param) =>
					fromCrossing(type, args[param] ?? null, host.resources.take),
				);
				const ended = host.whenEnded.then((reason) => Promise.reject(reason));
				ended.catch(() => {});
				const value = await taggedResult(fn, () => Promise.race([ended, run(values)]));
				return { ok: true, value: fn.result ? toCrossing(fn.result, value, host.resources.give) : null };
			} catch (error) {
				const reason = host.ended();
				const outcome = reason && outcomeOf(reason);
				if (outcome?.status === 'exited') return failed(`It exited with code ${outcome.code}.`);
				return failed(outcome && 'message' in outcome ? outcome.message : messageOf(error));
			}
		},
		release: (resource) => host.resources.release(resource),
		report() {
			host.finish();
			const { hostCalls, waitedMs } = host.counters();
			const reason = host.ended();
			return {
				outcome: reason ? outcomeOf(reason) : { status: 'exited', code: 0 },
				instantiateMs: instantiated - began,
				runMs: ports.now() - instantiated,
				hostMs: waitedMs,
				hostCalls,
				peakMemoryBytes: memories.bytes,
				changes: reason && outcomeOf(reason).status === 'limited' ? [] : host.changes(),
				state: [],
			};
		},
	};
}

const failed = (message: string): CrossAnswer => ({
	ok: false,
	message: message.slice(0, wireLimits.message),
});

/** What a function of an export is in jco's instance: a function, a member of a class, or a method of the resource that comes first. */
function memberIn(
	instance: unknown,
	item: WitItem,
	fn: WitFunction,
	{ module }: { readonly host: Host; readonly module: ProgramModule },
): ((args: readonly unknown[]) => unknown) | null {
	const member = memberNamed(fn.name);
	const key = camelCase(member.name);
	if (member.kind === 'function') {
		const run = exportedFunction(instance, fn, module.renamed);
		return run && ((args) => run(...args));
	}
	if (member.kind === 'method')
		return ([self, ...args]) =>
			((self as { readonly [key: string]: Callable })[key] as Callable).apply(self, args);
	const [owner] = exportKeys({ ...fn, interface: fn.interface ?? item.name });
	const renamed = module.renamed as { readonly [key: string]: string } | undefined;
	const holder = (instance as { readonly [key: string]: { readonly [key: string]: unknown } })[
		renamed?.[owner ?? ''] ?? owner ?? ''
	];
	const made = holder?.[pascalCase(member.resource ?? '')] as (new (
		...args: readonly unknown[]
	) => object) & { readonly [key: string]: Callable };
	if (!made) return null;
	return member.kind === 'constructor' ? (args) => new made(...args) : (args) => made[key]!(...args);
}
