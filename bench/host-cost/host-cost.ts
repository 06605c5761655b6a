import {
	types as shimTypes,
	_clearPreopens,
	_addPreopen,
	preopens,
} from '@bytecodealliance/preview2-shim/filesystem';
import * as shimCli from '@bytecodealliance/preview2-shim/cli';
import * as shimClocks from '@bytecodealliance/preview2-shim/clocks';
import * as shimHttp from '@bytecodealliance/preview2-shim/http';
import * as shimIo from '@bytecodealliance/preview2-shim/io';
import * as shimRandom from '@bytecodealliance/preview2-shim/random';
import { directory, documented, file, pathRule, preopen } from '../../src/host/filesystem/testing';
import { createHost } from '../../src/host/host';
import { setupWith } from '../../src/host/testing/world';
import { dropLog } from '../../src/component/drop-log';
import type { HostImports } from '../../src/host/types';
import { createOutbox } from '../../src/sandbox/runner/outbox';
import { encode } from '../../src/sandbox/wire';

/* One guest on several hosts, in turns: ours with its decisions and its record, ours without the record, and the bare shim. `played` is ours, and
   the code as the page plays it. */

interface Guest {
	readFile(name: string): [bigint, bigint];
	writeFile(name: string, size: bigint): bigint;
	writeFiles(directory: string, count: number): number;
}

interface Program {
	instantiate(coreModule: (name: string) => Promise<WebAssembly.Module>, imports: unknown): Promise<Guest>;
}

const bytes = 24 * 2 ** 20;
const count = 2_000;
/** What each of them asks of the host is recorded one by one, since two files take turns: equal entries in a row would be counted. */
const readings = 25_000;
const big = new Uint8Array(bytes).fill(1);

const modules = new Map<string, Promise<WebAssembly.Module>>();

const address = new URL('guest/guest.js', document.baseURI).href;
const program = (await import(/* @vite-ignore */ address)) as Program;
/** The same code as the page plays it: without the calls of the transpiler's logger. */
const { source, dropped } = dropLog(await (await fetch(address)).text());
if (dropped === 0) throw new Error('the logger of the generated code was not found');
const played = (await import(
	/* @vite-ignore */ URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
)) as Program;
const coreModule = (name: string) => {
	let module = modules.get(name);
	if (!module) {
		module = WebAssembly.compileStreaming(fetch(new URL(`guest/${name}`, document.baseURI)));
		modules.set(name, module);
	}
	return module;
};

const { port1, port2 } = new MessageChannel();
port2.onmessage = () => {};

/** Our host as a call has it: rules for paths, and a record that is encoded and posted as the sandbox does it, or none. */
function ourImports(recorded: boolean): { readonly imports: HostImports; readonly finish: () => void } {
	const outbox = createOutbox(
		(batch) => {
			port1.postMessage(encode({ type: 'news', name: 'batch', argument: batch }).text);
		},
		() => performance.now(),
	);
	let read = 0;
	const grants = documented([preopen('/data', 'rw')], [pathRule('allow', '/data/**', ['read', 'write'])]);
	const files = new Map([
		['/', directory()],
		['/data', directory()],
		['/data/big.bin', file(big)],
		['/data/odd', file(new Uint8Array(1))],
		['/data/even', file(new Uint8Array(1))],
	]);
	const { imports, finish } = createHost(
		{ ...setupWith({ grants, surroundings: { decoyRoot: true } }), files },
		{
			record(call) {
				entries += 1;
				if (recorded) outbox.push({ kind: 'call', call }, read);
			},
			output: () => {},
			request: () => Promise.reject(new Error('no request is made here')),
			now: () => (read = performance.now()),
			wallNow: () => Date.now(),
			randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
		},
	);
	return {
		imports,
		finish() {
			finish();
			outbox.flush();
		},
	};
}

function shimImports(): unknown {
	_clearPreopens();
	_addPreopen('/data', { dir: { 'big.bin': { source: big } } });
	return {
		'wasi:cli/environment': shimCli.environment,
		'wasi:cli/exit': shimCli.exit,
		'wasi:cli/stderr': shimCli.stderr,
		'wasi:cli/stdin': shimCli.stdin,
		'wasi:cli/stdout': shimCli.stdout,
		'wasi:cli/terminal-input': shimCli.terminalInput,
		'wasi:cli/terminal-output': shimCli.terminalOutput,
		'wasi:cli/terminal-stderr': shimCli.terminalStderr,
		'wasi:cli/terminal-stdin': shimCli.terminalStdin,
		'wasi:cli/terminal-stdout': shimCli.terminalStdout,
		'wasi:clocks/monotonic-clock': shimClocks.monotonicClock,
		'wasi:clocks/wall-clock': shimClocks.wallClock,
		'wasi:filesystem/preopens': preopens,
		'wasi:filesystem/types': shimTypes,
		'wasi:http/outgoing-handler': shimHttp.outgoingHandler,
		'wasi:http/types': shimHttp.types,
		'wasi:io/error': shimIo.error,
		'wasi:io/poll': shimIo.poll,
		'wasi:io/streams': shimIo.streams,
		'wasi:random/random': shimRandom.random,
		'wasi:random/insecure-seed': shimRandom.insecureSeed,
	};
}

const expectEqual = (is: bigint | number, wanted: bigint | number) => {
	if (is !== wanted) throw new Error(`the guest answered ${is} and not ${wanted}`);
};

type Host = 'ours' | 'played' | 'unrecorded' | 'shim';
type Task = 'read' | 'write' | 'files' | 'entries';

interface Cast {
	readonly guest: Guest;
	readonly finish: () => void;
}

const tasks: Record<Task, (cast: Cast) => void> = {
	read({ guest }) {
		for (let time = 0; time < 2; time++) expectEqual(guest.readFile('big.bin')[1], BigInt(bytes));
	},
	write({ guest }) {
		expectEqual(guest.writeFile('new.bin', BigInt(bytes)), BigInt(bytes));
	},
	files({ guest, finish }) {
		expectEqual(guest.writeFiles('many', count), count);
		finish();
	},
	entries({ guest, finish }) {
		for (let at = 0; at < readings; at++) expectEqual(guest.readFile(at % 2 ? 'odd' : 'even')[0], 1n);
		finish();
	},
};

let cast: Cast | null = null;
/** Entries that hosts of ours made since a guest was put on one. */
let entries = 0;

/** Puts a new guest on one of the hosts. */
async function prepare(host: Host): Promise<void> {
	entries = 0;
	const { imports, finish } =
		host === 'shim' ? { imports: shimImports(), finish: () => {} } : ourImports(host !== 'unrecorded');
	const { instantiate } = host === 'played' ? played : program;
	cast = { guest: await instantiate(coreModule, imports), finish };
}

/** Has the guest do one task; milliseconds that it took. */
function perform(task: Task): number {
	if (!cast) throw new Error('no guest was put on a host');
	const began = performance.now();
	tasks[task](cast);
	return performance.now() - began;
}

declare global {
	interface Window {
		hostCost: {
			readonly prepare: typeof prepare;
			readonly perform: typeof perform;
			readonly entries: () => number;
		};
	}
}

window.hostCost = { prepare, perform, entries: () => entries };
