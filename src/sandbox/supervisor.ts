import type { CallReport, CallSetup, HostPorts } from '../core/call';
import type { Program } from '../component/program';
import { openFrame, type Frame } from './frame';
import { runCall, type Call } from './run-call';
import type { RunnerSource } from './runner-source';
import { servePart, type ServedPart } from './served-part';
import { Spares, type Taken } from './spares';

/** What a call may do to the page; the rest of a host's ports exists in the sandbox only. */
export type CallPorts = Pick<HostPorts, 'record' | 'output' | 'piece' | 'request' | 'cross' | 'dropped'>;

export interface SupervisorParts {
	readonly document: Document;
	/** Where the runner's document comes from. */
	readonly runner: RunnerSource;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Calls that may run at once; more wait for their turn. Default 6. */
	readonly callsAtOnce?: number;
	/** Whether nothing is to be done ahead that memory or the network is spent on; default false. */
	readonly isSaving?: () => boolean;
}

export interface Supervisor {
	/** Starts a sandbox ahead of the first call. */
	warm(): void;
	/**
	 * Sends the sandboxes that are kept ready the program that the next call will most likely be of: they compile it, and evaluate and
	 * instantiate nothing. What was called last is prepared by itself.
	 */
	prepare(program: Program): void;
	/** Runs one call in a sandbox of its own. Settles whatever happens, and never rejects for what a component does. */
	run(
		program: Program,
		setup: CallSetup,
		ports: CallPorts,
		options?: { readonly signal?: AbortSignal },
	): Promise<CallReport>;
	/** Has a program run for others, in a sandbox of its own, until it is ended or the signal is aborted. Fails as a call does. */
	serve(
		program: Program,
		setup: CallSetup,
		ports: CallPorts,
		options?: { readonly signal?: AbortSignal },
	): ServedPart;
	/** Removes the sandboxes that are kept ready. Calls under way go on. */
	dispose(): void;
}

/** When another sandbox is started, in milliseconds after the one before was taken; at its end at the latest. */
const aheadMs = 150;

/** Keeps sandboxes ready, gives each call one of its own, and throws it away when the call is over. */
export function createSupervisor({
	document,
	runner,
	now,
	callsAtOnce = 6,
	isSaving = () => false,
}: SupervisorParts): Supervisor {
	const places = new Places(callsAtOnce);
	const ready = new Spares({ open, isSaving, isHidden: () => document.hidden });
	const onVisibility = () => (document.hidden ? ready.release() : ready.fill());

	function open(): Frame {
		const frame = openFrame(document, runner.url, runner);
		void frame.lost.then(() => {
			frame.remove();
			// Where one crashes, its process is gone, and with it the others that shared it.
			ready.release();
		});
		return frame;
	}

	/** Runs a call in the first sandbox that is still there. Of those that were gone, nothing came. */
	async function inLiving(call: Omit<Call, keyof Taken | 'now'>): Promise<CallReport> {
		for (;;) {
			const report = await runCall({ ...call, ...ready.take(call.program), now });
			if (report) return report;
		}
	}

	document.addEventListener('visibilitychange', onVisibility);

	return {
		warm: () => ready.fill(),
		prepare(program) {
			ready.expect(program);
			ready.fill();
		},
		async run(program, setup, ports, { signal } = {}) {
			const asked = now();
			if (!(await places.enter(signal))) return stopped(now() - asked);
			ready.expect(program);
			// Another one starts while a longer call runs, and not in the way of a short one.
			const ahead = setTimeout(() => ready.fill(), aheadMs);
			try {
				return await inLiving({ program, setup, ports, signal, asked });
			} finally {
				clearTimeout(ahead);
				places.leave();
				// In a task of its own: to make a frame takes longer than a small call does, and its result goes first.
				setTimeout(() => ready.fill());
			}
		},
		serve: (program, setup, ports, { signal } = {}) =>
			servePart((converse) => inLiving({ program, setup, ports, signal, asked: now(), converse })),
		dispose() {
			document.removeEventListener('visibilitychange', onVisibility);
			ready.release();
		},
	};
}

const stopped = (startMs: number): CallReport => ({
	outcome: { status: 'stopped' },
	times: { startMs, instantiateMs: 0, runMs: 0, hostMs: 0, hostCalls: 0, peakMemoryBytes: 0 },
	changes: [],
});

/** Places for the calls that run at once. */
class Places {
	#free: number;
	readonly #queue: (() => void)[] = [];

	constructor(count: number) {
		this.#free = count;
	}

	/** Waits for a place; false if the signal came first. */
	enter(signal: AbortSignal | undefined): Promise<boolean> {
		if (signal?.aborted) return Promise.resolve(false);
		if (this.#free > 0) {
			this.#free -= 1;
			return Promise.resolve(true);
		}
		return new Promise((resolve) => {
			const turn = () => {
				signal?.removeEventListener('abort', give);
				this.#free -= 1;
				resolve(true);
			};
			const give = () => {
				this.#queue.splice(this.#queue.indexOf(turn), 1);
				resolve(false);
			};
			this.#queue.push(turn);
			signal?.addEventListener('abort', give, { once: true });
		});
	}

	leave(): void {
		this.#free += 1;
		this.#queue.shift()?.();
	}
}
