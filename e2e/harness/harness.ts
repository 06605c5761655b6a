import type { HostCall } from '../../src/core/activity';
import {
	defaultLimits,
	type CallReport,
	type CallSetup,
	type HttpFailure,
	type Limits,
	type PortRequest,
} from '../../src/core/call';
import type { Grants, HostRule } from '../../src/core/policy/types';
import type { Program } from '../../src/component/program';
import { createBroker } from '../../src/sandbox/broker/create-broker';
import { runnerSource } from '../../src/sandbox/runner-source';
import { createSupervisor } from '../../src/sandbox/supervisor';
import { lebBytes } from '../../src/component/binary';
import { savesData } from '../../src/page/when-quiet';

/** A page that holds the wall and nothing else: what the tests put behind it, they name themselves. */
export interface Harness {
	/** Prepares a program for the next call, as the page does while somebody fills in a form. */
	prepare(program: Probe): void;
	/** Prepares a program that has a core module of that many bytes, another each time. */
	prepareLarge(bytes: number): void;
	/** Runs the function `probe` of a program, which returns a string. */
	run(program: Probe, options?: RunOptions): Promise<Run>;
	/** Sends a live request under rules for hosts, each `host`, `host:port` or with a scheme before it, as documented policies have them. */
	fetch(request: { url: string } & Partial<PortRequest>, hosts: readonly string[]): Promise<Fetched>;
	/** The next host call that the running call makes. */
	nextHostCall(): Promise<HostCall>;
	/** Ends the running call. */
	stop(): void;
}

export type Probe = Partial<Program> & { readonly source: string };

export interface RunOptions {
	readonly setup?: Partial<Omit<CallSetup, 'limits'>>;
	readonly limits?: Partial<Limits>;
	/** The status that every request is answered with; without one, all are denied. */
	readonly answer?: number;
}

export interface Run extends CallReport {
	readonly calls: readonly HostCall[];
	readonly output: string;
	readonly requests: readonly PortRequest[];
	/** How often it was the page's own turn from the call of `run` to its end: hardly ever, where the call held it up. */
	readonly turns: number;
	/** In how many of those parts of the call host calls or output came: in one, where all of it came in one go. */
	readonly parts: number;
}

export type Fetched =
	| {
			readonly status: number;
			readonly headers: Record<string, string>;
			readonly text: string;
			readonly note?: string;
	  }
	| HttpFailure;

const noGrants: Grants = {
	engine: 'documented',
	rules: 'documented',
	closed: { reason: 'no-policy' },
	preopens: [],
	paths: [],
	hosts: [],
	variables: [],
	memory: null,
};

const supervisor = createSupervisor({
	document,
	runner: runnerSource(document),
	now: () => performance.now(),
	isSaving: savesData,
});

const broker = createBroker({
	document,
	brokerUrl: new URL('broker.html', document.baseURI).href,
	now: () => performance.now(),
});

/** Kept, so that a test knows what of them is the page's. */
const large: Uint8Array[] = [];
let stop = new AbortController();
let tellHostCall: (call: HostCall) => void = () => {};

/** By what they hold: the same program twice is one. */
const programs = new Map<string, Program>();

function programFor(probe: Probe): Program {
	// Lists of numbers, where they come from a test.
	const modules = (probe.modules ?? []).map(([name, bytes]) => [name, Uint8Array.from(bytes)] as const);
	const key = JSON.stringify([probe.source, modules.map(([name, bytes]) => [name, [...bytes]])]);
	let program = programs.get(key);
	if (!program) programs.set(key, (program = { imports: [], mode: 'jspi', ...probe, modules }));
	return program;
}

const harness: Harness = {
	prepare: (program) => supervisor.prepare(programFor(program)),
	prepareLarge(bytes) {
		// `(module (data "…"))`, its content such as no page of memory is by itself.
		const head = [1, 1, ...lebBytes(bytes)];
		const start = [0, 97, 115, 109, 1, 0, 0, 0, 11, ...lebBytes(head.length + bytes), ...head];
		const module = new Uint8Array(start.length + bytes).fill(large.length + 1);
		module.set(start);
		large.push(module);
		supervisor.prepare({
			source: 'export const instantiate = () => {};',
			modules: [['large', module]],
			imports: [],
			mode: 'jspi',
		});
	},
	async run(program, { setup, limits, answer } = {}) {
		const calls: HostCall[] = [];
		const requests: PortRequest[] = [];
		const decoder = new TextDecoder();
		let output = '';
		stop = new AbortController();
		const parts = new Set<number>();
		let turns = 0;
		let timer = setTimeout(function turn() {
			turns += 1;
			timer = setTimeout(turn);
		});
		const report = await supervisor.run(
			programFor(program),
			{
				function: { interface: null, name: 'probe', params: [], result: { kind: 'string' } },
				arguments: {},
				grants: noGrants,
				files: new Map(),
				variables: [],
				surroundings: {
					arguments: [],
					clock: 'live',
					random: 'live',
					decoyRoot: true,
					stdin: new Uint8Array(),
				},
				...setup,
				limits: { ...defaultLimits, ...limits },
			},
			{
				record(call) {
					parts.add(turns);
					calls.push(call);
					tellHostCall(call);
				},
				output(_stream, bytes) {
					parts.add(turns);
					output += decoder.decode(bytes, { stream: true });
				},
				async request(request) {
					requests.push(request);
					if (answer === undefined) return { ok: false, error: { tag: 'HTTP-request-denied' } };
					return { ok: true, status: answer, headers: [], read: async () => null, cancel: () => {} };
				},
			},
			{ signal: stop.signal },
		);
		clearTimeout(timer);
		return { ...report, calls, output, requests, turns, parts: parts.size };
	},
	async fetch(request, hosts) {
		const response = await broker.fetchLive(
			{
				method: 'GET',
				headers: [],
				body: null,
				timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
				...request,
			},
			{ ...noGrants, closed: undefined, hosts: hosts.map(ruleOf) },
		);
		if (!response.ok) return response.error;
		const decoder = new TextDecoder();
		let text = '';
		for (let chunk = await response.read(); chunk; chunk = await response.read()) {
			text += decoder.decode(chunk, { stream: true });
		}
		const { status, headers, note } = response;
		return { status, headers: Object.fromEntries(headers), text, note };
	},
	nextHostCall: () => new Promise((resolve) => (tellHostCall = resolve)),
	stop: () => stop.abort(),
};

function ruleOf(text: string): HostRule {
	const [, scheme, host, port] = /^(?:(https?):\/\/)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text)!;
	return {
		effect: 'allow',
		scheme: scheme ?? null,
		host: host!,
		port: port === undefined ? null : Number(port),
		rule: { text, line: 1 },
	};
}

declare global {
	interface Window {
		harness: Harness;
	}
}

window.harness = harness;
supervisor.warm();
