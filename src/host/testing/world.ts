import type { HostCall } from '../../core/activity';
import {
	defaultLimits,
	type CallSetup,
	type HostPorts,
	type PortResponse,
	type Limits,
	type PortRequest,
	type Surroundings,
} from '../../core/call';
import type { Grants, HostRule } from '../../core/policy/types';
import type { Timers } from '../types';

/** Grants of nothing, under the engine that has path rules. */
export const noGrants: Grants = {
	engine: 'documented',
	rules: 'documented',
	preopens: [],
	paths: [],
	hosts: [],
	variables: [],
	memory: null,
};

/** A rule that allows one host. */
export const allowHost = (host: string): HostRule => ({
	effect: 'allow',
	scheme: null,
	host,
	port: null,
	rule: { text: `host: ${host}`, line: 4 },
});

interface SetupParts {
	readonly grants?: Partial<Grants>;
	readonly variables?: CallSetup['variables'];
	readonly surroundings?: Partial<Surroundings>;
	readonly limits?: Partial<Limits>;
	readonly standIns?: CallSetup['standIns'];
}

/** A call with nothing granted, live clock and random source, and the default limits, save for what is given. */
export const setupWith = (parts: SetupParts = {}): CallSetup => ({
	function: { interface: null, name: 'run', params: [], result: null },
	arguments: {},
	grants: { ...noGrants, ...parts.grants },
	files: new Map(),
	variables: parts.variables ?? [],
	surroundings: {
		arguments: [],
		clock: 'live',
		random: 'live',
		decoyRoot: false,
		stdin: new Uint8Array(),
		...parts.surroundings,
	},
	limits: { ...defaultLimits, ...parts.limits },
	standIns: parts.standIns,
});

/** Time that moves only when a test says so, with the timers and ports that follow it. */
export class FakeWorld {
	/** Milliseconds of the monotonic clock. */
	time = 1000;
	readonly calls: HostCall[] = [];
	readonly requests: PortRequest[] = [];
	readonly written: { stdout: string; stderr: string } = { stdout: '', stderr: '' };
	/** Lengths of random bytes asked for. */
	readonly randomLengths: number[] = [];
	/** Answers the requests; refuses the connection unless a test sets it. */
	answer: (request: PortRequest) => Promise<PortResponse> = async () => ({
		ok: false,
		error: { tag: 'connection-refused' },
	});
	#timers = new Map<number, { readonly at: number; readonly callback: () => void }>();
	#lastTimer = 0;

	readonly ports: HostPorts = {
		record: (call) => this.calls.push(call),
		output: (stream, bytes) => (this.written[stream] += new TextDecoder().decode(bytes)),
		request: (request) => {
			this.requests.push(request);
			return this.answer(request);
		},
		now: () => this.time,
		wallNow: () => 1_700_000_000_000 + this.time,
		randomBytes: (length) => {
			this.randomLengths.push(length);
			return new Uint8Array(length).fill(7);
		},
	};

	readonly timers: Timers = {
		set: (callback, ms) => {
			this.#timers.set(++this.#lastTimer, { at: this.time + ms, callback });
			return this.#lastTimer;
		},
		clear: (handle) => this.#timers.delete(handle as number),
	};

	/** Timers that are set and have not fired. */
	get pendingTimers(): number {
		return this.#timers.size;
	}

	/** Lets time pass, firing what falls due, and then all promises that wait. */
	async advance(ms: number): Promise<void> {
		this.time += ms;
		for (const [handle, { at, callback }] of [...this.#timers]) {
			if (at > this.time) continue;
			this.#timers.delete(handle);
			callback();
		}
		await settled();
	}
}

/** Lets promises that wait for nothing but each other settle. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A response whose body comes in these chunks; `cancelled` tells whether the rest was given up. */
export function response(
	chunks: readonly (string | Error)[],
	status = 200,
	headers: [string, string][] = [],
) {
	const rest = [...chunks];
	const state = { cancelled: false };
	const value: PortResponse = {
		ok: true,
		status,
		headers,
		read: async () => {
			const chunk = rest.shift();
			if (chunk instanceof Error) throw { tag: chunk.message };
			return chunk === undefined ? null : new TextEncoder().encode(chunk);
		},
		cancel: () => (state.cancelled = true),
	};
	return { value, state };
}

/** What a function throws, which in the host is often no `Error`. */
export function thrownBy(run: () => unknown): unknown {
	try {
		run();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
