import type { HostPorts } from '../../core/call';
import {
	control,
	wireLimits,
	type Job,
	type PageCalls,
	type PageNews,
	type ProgramCode,
	type RunnerCalls,
	type RunnerNews,
} from '../protocol';
import { PiecedContents } from '../file-pieces';
import { changeParts } from './change-parts';
import { connect, createAssembler } from '../rpc';
import { holdModule, loadModule } from './load-module';
import { lockDown } from './lockdown';
import { CoreModules } from './memories';
import { createOutbox } from './outbox';
import { createRequests } from './requests';
import { promptTimers } from './prompt-timers';
import { runJob, type LoadedProgram } from './run-job';
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

const page = connect<PageCalls & PageNews, RunnerCalls & RunnerNews>(
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
		async run({ setup, code, mode }: Job) {
			if (taken) throw new Error('a runner serves one call');
			taken = true;
			const program = code ? programOf(code) : prepared;
			if (!program) throw new Error('no program was prepared');
			const outbox = createOutbox((items) => page.tell('batch', items), now);
			let recorded = 0;
			const ports: HostPorts = {
				record(call) {
					if (++recorded > wireLimits.records) return;
					outbox.push({
						kind: 'call',
						call: {
							...call,
							operation: call.operation.slice(0, wireLimits.word),
							result: call.result?.slice(0, wireLimits.word),
							target: call.target.slice(0, wireLimits.target),
							detail: call.detail?.slice(0, wireLimits.detail),
						},
					});
				},
				output: (stream, bytes) => outbox.push({ kind: 'output', stream, bytes: bytes.slice() }),
				piece: (piece) => outbox.push({ kind: 'piece', piece }),
				request: createRequests(page, outbox.flush),
				now,
				wallNow,
				randomBytes,
			};
			const job = { mode, setup: { ...setup, files: contents.restore(setup.files) } };
			const report = await runJob(job, program, ports);
			outbox.flush();
			for (const part of changeParts(report.changes)) page.tell('changes', part);
			return { ...report, changes: [] };
		},
	},
);

const assemble = createAssembler({ text: Infinity, bytes: Infinity });
scope.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	const packet = assemble(data);
	if (packet) page.receive(packet);
});

makeTextStrict();
Object.assign(globalThis, promptTimers({ setTimeout, clearTimeout }, new MessageChannel()));
lockDown();
postMessage(control.ready);
