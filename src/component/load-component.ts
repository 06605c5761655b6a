import { unshared } from '../core/unshared';
import { err, ok, type Result } from '../core/result';
import { sha256Hex } from './digest';
import { inspect } from './inspect';
import type { LoadedComponent, LoadStep, Program } from './program';
import type { PrebuiltPrograms } from './prebuilt';
import type { ProgramCache } from './program-cache';
import { MalformedBinary } from './binary';
import { atOffsets, strip, type Stripped } from './strip';
import type { TranspileReply, TranspileRequest } from './protocol';

/** What the loader needs of a worker that runs `worker.ts`. */
export type TranspilerWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export interface LoaderParts {
	readonly spawn: () => TranspilerWorker;
	/** `sync` where the browser cannot suspend WebAssembly (JSPI). */
	readonly mode: Program['mode'];
	/** What was made when the site was built, of some components. Asked first: it knows at once whether it has something. */
	readonly prebuilt?: Pick<PrebuiltPrograms, 'get'>;
	/** Where what was made before is found; nothing is kept unless given. What is prebuilt is not put into it. */
	readonly cache?: Pick<ProgramCache, 'get' | 'put'>;
	/** Runs `expire` after so many milliseconds unless the returned function is called before; `setTimeout` unless given. */
	readonly deadline?: (milliseconds: number, expire: () => void) => () => void;
}

export interface LoaderOptions {
	readonly onStep?: (step: LoadStep, detail?: string) => void;
	readonly signal?: AbortSignal;
}

/** Turns bytes into everything that is known of a component. */
export interface Loader {
	/** The error says what the bytes are and what to do next. Settles whatever the worker does. */
	load(bytes: Uint8Array, options?: LoaderOptions): Promise<Result<Omit<LoadedComponent, 'id'>, string>>;
	/** Fetches the transpiler ahead of the first load. Resolves once it is there, cannot come, or a load has taken it over. */
	warm(): Promise<void>;
}

/** Minutes, counted from when the transpiler has arrived: what takes longer hangs. A person who does not want to wait stops it. */
const transpileMinutes = 5;

const setTimer = (milliseconds: number, expire: () => void) => {
	const timer = setTimeout(expire, milliseconds);
	return () => clearTimeout(timer);
};

/** A worker that was started ahead of time. */
interface Spare {
	readonly worker: TranspilerWorker;
	readonly settled: Promise<void>;
	readonly settle: () => void;
}

/** A loader that gives each component a worker of its own, since one that met a bad component may stay broken. */
export function createLoader({ spawn, mode, prebuilt, cache, deadline = setTimer }: LoaderParts): Loader {
	let spare: Spare | null = null;

	function takeWorker(): TranspilerWorker {
		const worker = spare?.worker ?? spawn();
		spare?.settle();
		spare = null;
		return worker;
	}

	return {
		warm() {
			if (spare) return spare.settled;
			const worker = spawn();
			let settle = () => {};
			const settled = new Promise<void>((resolve) => (settle = resolve));
			spare = { worker, settled, settle };
			// One that failed before anybody needed it is forgotten: by then the connection may be back.
			const forget = () => {
				if (spare?.worker === worker) spare = null;
				worker.terminate();
				settle();
			};
			worker.onerror = forget;
			worker.onmessage = ({ data }: MessageEvent<TranspileReply>) => {
				if (data.type === 'unusable') forget();
				else if (data.type === 'ready') settle();
			};
			return settled;
		},
		async load(bytes, { onStep, signal } = {}) {
			if (signal?.aborted) return err('Loading was stopped.');
			onStep?.('checking');
			const inspection = inspect(bytes);
			if (inspection.kind !== 'component') return err(inspection.message);
			// What the worker gets and what the digest is of are taken at once: the caller keeps the bytes, and may change them.
			const size = bytes.length;
			const stripped = strippedOf(bytes);
			if (!stripped.ok) return stripped;
			const sha256 = await sha256Hex(bytes);
			const ready = await prebuilt?.get(sha256, bytes, {
				signal,
				onBytes: (received) => onStep?.('fetching the program', `${Math.ceil(received / 1024)} KiB`),
			});
			if (ready) return ok({ ...ready, sha256 });
			const known = await cache?.get(sha256);
			if (signal?.aborted) return err('Loading was stopped.');
			if (known && known.size === size) return ok({ ...known, sha256 });
			const result = await ask(
				takeWorker(),
				{ bytes: stripped.value.bytes, size, mode },
				{ onStep, signal },
				deadline,
			);
			if (!result.ok) return err(atOffsets(result.error, stripped.value.offsetBefore));
			void cache?.put(sha256, result.value);
			return ok({ ...result.value, sha256 });
		},
	};
}

function strippedOf(bytes: Uint8Array): Result<Stripped, string> {
	try {
		return ok(strip(bytes));
	} catch (error) {
		if (error instanceof MalformedBinary)
			return err(`This file is damaged or incomplete: ${error.message}. Download or build it again.`);
		throw error;
	}
}

type Answer = Extract<TranspileReply, { readonly type: 'done' }>['result'];

function ask(
	worker: TranspilerWorker,
	request: TranspileRequest,
	{ onStep, signal }: LoaderOptions,
	deadline: NonNullable<LoaderParts['deadline']>,
): Promise<Answer> {
	return new Promise((resolve) => {
		let cancelDeadline: (() => void) | null = null;
		const settle = (answer: Answer) => {
			cancelDeadline?.();
			signal?.removeEventListener('abort', stop);
			worker.onmessage = worker.onerror = null;
			worker.terminate();
			resolve(answer);
		};
		const stop = () => settle(err('Loading was stopped.'));
		const expire = () =>
			settle(
				err(`Transpiling took more than ${transpileMinutes} minutes and was stopped: it probably hangs.`),
			);
		worker.onmessage = ({ data }: MessageEvent<TranspileReply>) => {
			if (data.type === 'done') return settle(data.result);
			if (data.type === 'unusable' || data.type === 'ready') return;
			if (data.step === 'reading types') cancelDeadline ??= deadline(transpileMinutes * 60_000, expire);
			onStep?.(data.step, data.detail);
		};
		worker.onerror = (event) =>
			settle(err(`The transpiler stopped working: ${event.message || 'it could not be started'}.`));
		signal?.addEventListener('abort', stop);
		worker.postMessage(request satisfies TranspileRequest, [unshared(request.bytes).buffer]);
	});
}
