import type { HostPorts } from '../../core/call';
import { PiecedContents } from '../file-pieces';
import {
	wireLimits,
	type Job,
	type PageCalls,
	type PageNews,
	type ProgramCode,
	type RunnerCalls,
	type RunnerNews,
	type RunReport,
} from '../protocol';
import { connect, createAssembler, type Connection, type Endpoint } from '../rpc';
import { changeParts } from './change-parts';
import { holdModule, loadModule } from './load-module';
import { CoreModules } from './memories';
import { createOutbox, type Outbox } from './outbox';
import { createRequests } from './requests';
import { runJob, type LoadedProgram } from './run-job';
import { startPart, type RunningPart } from './running-part';

/** What a runner needs of the platform. */
export type RunnerPlatform = Pick<HostPorts, 'now' | 'wallNow' | 'randomBytes'>;

/**
 * The side of a conversation with the page that runs a component: it serves one call, or one component for others, and no second. Gives
 * what takes a message of the page. `prepared` is a program that is there already; `onPrepared` is told when the page sent one.
 */
export function createRunner(
	endpoint: Endpoint,
	platform: RunnerPlatform,
	{ prepared = null, onPrepared = () => {} }: RunnerOptions = {},
): { readonly receive: (data: unknown) => void; readonly isTaken: () => boolean } {
	const stage = new Stage(platform, prepared);
	const page: Connection<PageCalls & PageNews> = connect<PageCalls & PageNews, RunnerCalls & RunnerNews>(
		endpoint,
		{
			files(pieces) {
				stage.contents.add(pieces);
				return null;
			},
			prepare(code) {
				stage.prepare(code);
				onPrepared();
			},
			run: (job) => stage.run(job, page),
			serve: (job) => stage.serve(job, page),
			invoke: (crossing) => stage.invoke(crossing),
			release: (resource) => need(stage.served).part.release(resource),
			end: () => reported(need(stage.served).part.report(), need(stage.served).outbox, page),
		},
	);
	const assemble = createAssembler({ text: Infinity, bytes: Infinity });
	return {
		receive(data) {
			const packet = assemble(data);
			if (packet) page.receive(packet);
		},
		isTaken: () => stage.isTaken,
	};
}

interface RunnerOptions {
	readonly prepared?: LoadedProgram | null;
	readonly onPrepared?: () => void;
}

type Page = Connection<PageCalls & PageNews>;

/** What a runner has been given, and whether it has had its one job. */
class Stage {
	readonly contents = new PiecedContents();
	isTaken = false;
	served: { readonly part: RunningPart; readonly outbox: Outbox } | null = null;
	readonly #platform: RunnerPlatform;
	#prepared: LoadedProgram | null;

	constructor(platform: RunnerPlatform, prepared: LoadedProgram | null) {
		this.#platform = platform;
		this.#prepared = prepared;
	}

	/** Takes a program ahead of its call: all is compiled, and nothing evaluated before it is asked for. */
	prepare({ source, modules }: ProgramCode): void {
		if (this.isTaken || this.#prepared) throw new Error('a runner is prepared once, and before its call');
		const prepared = { load: holdModule(source), modules: new CoreModules(modules) };
		prepared.modules.compileAll();
		this.#prepared = prepared;
	}

	async run(job: Job, page: Page): Promise<RunReport> {
		const { program, ports, outbox, setup } = this.#begin(job, page);
		return reported(await runJob({ mode: job.mode, setup }, program, ports), outbox, page);
	}

	async serve(job: Job, page: Page): Promise<null> {
		const { program, ports, outbox, setup } = this.#begin(job, page);
		this.served = { part: await startPart({ mode: job.mode, setup }, program, ports), outbox };
		return null;
	}

	async invoke(crossing: Parameters<RunningPart['invoke']>[0]) {
		const { part, outbox } = need(this.served);
		const answer = await part.invoke(crossing);
		// What it did to answer comes before the answer.
		outbox.flush();
		return answer;
	}

	#begin({ setup, code }: Job, page: Page) {
		if (this.isTaken) throw new Error('a runner serves one call');
		this.isTaken = true;
		const program = code
			? { load: () => loadModule(code.source), modules: new CoreModules(code.modules) }
			: this.#prepared;
		if (!program) throw new Error('no program was prepared');
		const outbox = createOutbox((batch) => page.tell('batch', batch), this.#platform.now);
		return {
			program,
			outbox,
			ports: portsOf(outbox, page, this.#platform),
			setup: { ...setup, files: this.contents.restore(setup.files) },
		};
	}
}

function need<T>(there: T | null): T {
	if (!there) throw new Error('nothing is served here');
	return there;
}

function portsOf(outbox: Outbox, page: Page, { now, ...platform }: RunnerPlatform): HostPorts {
	let recorded = 0;
	/** When the clock was last read, which is done for each host call that is recorded: to ask a browser costs as much as to record. */
	let read = 0;
	return {
		...platform,
		record(call) {
			if (++recorded > wireLimits.records) return;
			outbox.push({ kind: 'call', call }, read);
		},
		output: (stream, bytes) => outbox.push({ kind: 'output', stream, bytes: bytes.slice() }),
		piece: (piece) => outbox.push({ kind: 'piece', piece }),
		request: createRequests(page, outbox.flush),
		cross(crossing) {
			outbox.flush();
			return page.call('cross', crossing);
		},
		dropped: (resource) => page.tell('dropped', resource),
		now: () => (read = now()),
	};
}

/** Sends what is left to tell, and the changes ahead of the report. */
function reported(report: RunReport, outbox: Outbox, page: Page): RunReport {
	outbox.flush();
	for (const part of changeParts(report.changes)) page.tell('changes', part);
	return { ...report, changes: [] };
}
