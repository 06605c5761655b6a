import type { HostPorts } from '../../core/call';
import { control, wireLimits, type Job, type PageCalls, type PageNews, type RunnerCalls } from '../protocol';
import { PiecedContents } from '../file-pieces';
import { changeParts } from './change-parts';
import { connect, createAssembler } from '../rpc';
import { lockDown } from './lockdown';
import { createOutbox } from './outbox';
import { createRequests } from './requests';
import { promptTimers } from './prompt-timers';
import { runJob } from './run-job';
import { makeTextStrict } from './strict-text';

/**
 * The worker in which a component runs. It keeps what it needs of the platform to itself, takes the rest away from the realm, and only
 * then says that it is ready for the one call it will ever serve.
 */
const scope = globalThis as unknown as Worker;
const postMessage = scope.postMessage.bind(scope) as Worker['postMessage'];
const now = performance.now.bind(performance);
const wallNow = Date.now;
const getRandomValues = crypto.getRandomValues.bind(crypto);
const { createObjectURL, revokeObjectURL } = URL;
const blobOf = (bytes: Uint8Array) =>
	new BlobHere([bytes as Uint8Array<ArrayBuffer>], { type: 'text/javascript' });
const BlobHere = Blob;

/** The most that one `getRandomValues` gives. */
const entropy = 65_536;

function randomBytes(length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at += entropy) getRandomValues(bytes.subarray(at, at + entropy));
	return bytes;
}

async function loadModule(source: Uint8Array): Promise<unknown> {
	const url = createObjectURL.call(URL, blobOf(source));
	try {
		return await import(/* @vite-ignore */ url);
	} finally {
		revokeObjectURL.call(URL, url);
	}
}

let taken = false;
const contents = new PiecedContents();

const page = connect<PageCalls & PageNews, RunnerCalls>(
	{ postMessage: (message, transfer) => postMessage(message, transfer) },
	{
		files(pieces) {
			contents.add(pieces);
			return null;
		},
		async run({ setup, ...rest }: Job) {
			if (taken) throw new Error('a runner serves one call');
			taken = true;
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
			const job = { ...rest, setup: { ...setup, files: contents.restore(setup.files) } };
			const report = await runJob(job, ports, loadModule);
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
