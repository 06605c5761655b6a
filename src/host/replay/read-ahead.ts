import type { Timers } from '../types';
import type { Settled } from './answer';

/** Bytes that are read before the guest asks for them. */
const ahead = 2 ** 20;

/** Milliseconds without a further chunk after which what has come is handed on. */
const quietMs = 10;

/** A chunk of a body, or null at its end. */
export type Chunk = Uint8Array | null;

/**
 * Reads a body on while nobody asks, and gives what has come in one piece: each answer that a guest has to wait for costs running its
 * call again.
 */
export class ReadAhead {
	#read: () => PromiseLike<Chunk>;
	#timers: Timers;
	#chunks: Uint8Array[] = [];
	#size = 0;
	#end: Settled<null> | null = null;
	#reading = false;
	#quiet: unknown = null;
	#listener: (() => void) | null = null;

	constructor(read: () => PromiseLike<Chunk>, timers: Timers) {
		this.#read = read;
		this.#timers = timers;
	}

	/** Everything that has come and was not taken, or the end; null where it has to be waited for. */
	take(): Settled<Chunk> | null {
		if (this.#size === 0) return this.#end;
		const bytes = new Uint8Array(this.#size);
		let at = 0;
		for (const chunk of this.#chunks) {
			bytes.set(chunk, at);
			at += chunk.length;
		}
		this.#chunks = [];
		this.#size = 0;
		this.#readOn();
		return { ok: true, value: bytes };
	}

	/** Calls once when there is something to take. */
	whenSome(listener: () => void): void {
		this.#listener = listener;
		this.#readOn();
	}

	/** Reads no further. */
	stop(): void {
		this.#end ??= { ok: true, value: null };
		this.#timers.clear(this.#quiet);
		this.#announce();
	}

	#readOn(): void {
		if (this.#reading || this.#end || this.#size >= ahead) return;
		this.#reading = true;
		const settle = (end: Settled<null> | null) => {
			this.#reading = false;
			if (end) this.#end ??= end;
			this.#timers.clear(this.#quiet);
			if (this.#end || this.#size >= ahead) return this.#announce();
			if (this.#size > 0) this.#quiet = this.#timers.set(() => this.#announce(), quietMs);
			this.#readOn();
		};
		this.#read().then(
			(chunk) => {
				if (chunk === null) return settle({ ok: true, value: null });
				this.#chunks.push(chunk);
				this.#size += chunk.length;
				settle(null);
			},
			(error: unknown) => settle({ ok: false, error }),
		);
	}

	#announce(): void {
		const listener = this.#listener;
		this.#listener = null;
		listener?.();
	}
}
