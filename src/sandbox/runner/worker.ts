import type { HostPorts } from '../../core/call';
import {
	control,
	wireLimits,
	type Job,
	type PageCalls,
	type PageNews,
	type ProgramCode,
	type RunnerCalls,
	type RunReport,
	type RunnerNews,
} from '../protocol';
import { PiecedContents } from '../file-pieces';
import { changeParts } from './change-parts';
import { connect, createAssembler, type Connection } from '../rpc';
import { holdModule, loadModule } from './load-module';
import { lockDown } from './lockdown';
import { CoreModules } from './memories';
import { createOutbox, type Outbox } from './outbox';
import { createRequests } from './requests';
import { promptTimers } from './prompt-timers';
import { runJob, type LoadedProgram } from './run-job';
import { startPart, type RunningPart } from './running-part';
import { makeTextStrict } from './strict-text';

/**
 * The worker in which a component runs. It keeps what it needs of the platform to itself, takes the rest away from the realm, and only
 * then says that it is ready for the one call it will ever serve.
 */
const scope = globalThis as unknown as Worker;
const postMessage: Worker['postMessage'] = scope.postMessage.bind(scope);
const now = performance.now.bind(performance);
const wallNow = Date.now;
const getRandomValues = crypto.getRandomValues.bind(crypto);

/** The most that one `getRandomValues` gives. */
const entropy = 65_536;

function randomBytes(length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at += entropy) getRandomValues(bytes.subarray(at, at + entropy));
	return bytes;
}

/** A program as it is asked for with its call. */
const programOf = ({ source, modules }: ProgramCode): LoadedProgram => ({
	load: () => loadModule(source),
	modules: new CoreModules(modules),
});

/** A program ahead of its call: all is compiled, and nothing evaluated before it is asked for. */
function prepare({ source, modules }: ProgramCode): LoadedProgram {
	const prepared = { load: holdModule(source), modules: new CoreModules(modules) };
	prepared.modules.compileAll();
	return prepared;
}

let taken = false;
let prepared: LoadedProgram | null = null;
const contents = new PiecedContents();

const page: Connection<PageCalls & PageNews> = connect<PageCalls & PageNews, RunnerCalls & RunnerNews>(
	{ postMessage: (message, transfer) => postMessage(message, transfer) },
	{
		files(pieces) {
			contents.add(pieces);
			return null;
		},
		prepare(code) {
			if (taken || prepared) throw new Error('a runner is prepared once, and before its call');
			prepared = prepare(code);
		},
		async run(job) {
			const { program, ports, outbox, setup } = begin(job);
			return reported(await runJob({ mode: job.mode, setup }, program, ports), outbox);
		},
		async serve(job) {
			const begun = begin(job);
			const part = await startPart({ mode: job.mode, setup: begun.setup }, begun.program, begun.ports);
			served = { part, outbox: begun.outbox };
			return null;
		},
		async invoke(crossing) {
			const answer = await need(served).part.invoke(crossing);
			// What it did to answer comes before the answer.
			need(served).outbox.flush();
			return answer;
		},
		release: (resource) => need(served).part.release(resource),
		end: () => reported(need(served).part.report(), need(served).outbox),
	},
);

let served: { readonly part: RunningPart; readonly outbox: Outbox } | null = null;

function need<T>(there: T | null): T {
	if (!there) throw new Error('nothing is served here');
	return there;
}

/** The one job that this worker will ever have. */
function begin({ setup, code }: Job) {
	if (taken) throw new Error('a runner serves one call');
	taken = true;
	const program = code ? programOf(code) : prepared;
	if (!program) throw new Error('no program was prepared');
	const outbox = createOutbox((batch) => page.tell('batch', batch), now);
	return {
		program,
		outbox,
		ports: portsOf(outbox),
		setup: { ...setup, files: contents.restore(setup.files) },
	};
}

function portsOf(outbox: Outbox): HostPorts {
	let recorded = 0;
	/** When the clock was last read, which is done for each host call that is recorded: to ask a browser costs as much as to record. */
	let read = 0;
	return {
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
		wallNow,
		randomBytes,
	};
}

/** Sends what is left to tell, and the changes ahead of the report. */
function reported(report: RunReport, outbox: Outbox): RunReport {
	outbox.flush();
	for (const part of changeParts(report.changes)) page.tell('changes', part);
	return { ...report, changes: [] };
}

const assemble = createAssembler({ text: Infinity, bytes: Infinity });
scope.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	const packet = assemble(data);
	if (packet) page.receive(packet);
});

makeTextStrict();
Object.assign(globalThis, promptTimers({ setTimeout, clearTimeout }, new MessageChannel()));
lockDown();
postMessage(control.ready);
