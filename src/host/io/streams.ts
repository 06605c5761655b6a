import { dispose } from './dispose';
import type { StreamError } from './error';
import { Pollable } from './poll';
import { suspend, type Readiness, type Waiter } from './readiness';

/** When a stream can be used without waiting. A handler that says nothing is always ready. */
interface HandlerReadiness {
	ready?(): boolean;
	/** Calls `wake` when `ready` may have become true; returns how to stop. */
	watch?(wake: () => void): () => void;
	/** The same as a promise that resolves, for handlers that have one. */
	subscribe?(): Promise<void>;
	/** The guest dropped the stream. */
	close?(): void;
}

/** Where an input stream's bytes come from. */
export interface InputHandler extends HandlerReadiness {
	/** At most `max` bytes; none where none are there yet; null at the end. Throws a `StreamError` when it fails. */
	read(max: number): Uint8Array | null;
}

/** Where an output stream's bytes go. */
export interface OutputHandler extends HandlerReadiness {
	/** Takes all the bytes, which it must copy if it keeps them. Throws a `StreamError` when it fails. */
	write(bytes: Uint8Array): void;
	/** How many bytes `write` would take now; a mebibyte unless it says otherwise. */
	checkWrite?(): number;
	flush?(): void | Promise<void>;
}

/** The most bytes one `read` gives and, by default, one `write` takes. */
const chunk = 2 ** 20;

/** The most bytes that WASI lets the blocking writes take. */
const blockingChunk = 4096;

const closed: StreamError = { tag: 'closed' };

/** `wasi:io/streams.input-stream`. */
export class InputStream {
	#handler: InputHandler;
	#waiter: Waiter;
	#readiness: Readiness;
	#done = false;

	private constructor(handler: InputHandler, waiter: Waiter) {
		this.#handler = handler;
		this.#waiter = waiter;
		this.#readiness = readinessOf(handler, () => this.#done);
	}

	/** A stream over a handler. The waiter is how a guest waits for it; a handler that is always ready needs none. */
	static from(handler: InputHandler, waiter: Waiter = suspend): InputStream {
		return new InputStream(handler, waiter);
	}

	read(length: bigint): Uint8Array {
		if (this.#done) throw closed;
		try {
			const bytes = this.#handler.read(clamp(length, chunk));
			if (bytes === null) throw closed;
			return bytes;
		} catch (error) {
			// A stream that has ended or failed stays closed.
			this.#done = true;
			throw error;
		}
	}

	blockingRead(length: bigint): Uint8Array | Promise<Uint8Array> {
		const waiting = this.#waiter.until([this.#readiness]);
		return waiting ? waiting.then(() => this.read(length)) : this.read(length);
	}

	skip(length: bigint): bigint {
		return BigInt(this.read(length).length);
	}

	blockingSkip(length: bigint): bigint | Promise<bigint> {
		const bytes = this.blockingRead(length);
		return bytes instanceof Promise ? bytes.then(({ length }) => BigInt(length)) : BigInt(bytes.length);
	}

	subscribe(): Pollable {
		return new Pollable(this.#readiness, this.#waiter);
	}

	[dispose](): void {
		this.#done = true;
		this.#handler.close?.();
	}

	/** What a wait for its next bytes waits for; for hosts. */
	static readinessOf(stream: InputStream): Readiness {
		return stream.#readiness;
	}
}

/** `wasi:io/streams.output-stream`. */
export class OutputStream {
	#handler: OutputHandler;
	#waiter: Waiter;
	#readiness: Readiness;
	#done = false;

	private constructor(handler: OutputHandler, waiter: Waiter) {
		this.#handler = handler;
		this.#waiter = waiter;
		this.#readiness = readinessOf(handler, () => this.#done);
	}

	/** A stream over a handler. The waiter is how a guest waits for it; a handler that is always ready needs none. */
	static from(handler: OutputHandler, waiter: Waiter = suspend): OutputStream {
		return new OutputStream(handler, waiter);
	}

	checkWrite(): bigint {
		if (this.#done) throw closed;
		return BigInt(this.#attempt(() => this.#permit()));
	}

	write(bytes: Uint8Array): void {
		if (this.#done) throw closed;
		this.#attempt(() => {
			if (bytes.length > this.#permit()) throw new RangeError('write exceeds what check-write permitted');
			this.#handler.write(bytes);
		});
	}

	blockingWriteAndFlush(bytes: Uint8Array): void | Promise<void> {
		if (bytes.length > blockingChunk) {
			throw new RangeError(`blocking-write-and-flush takes at most ${blockingChunk} bytes`);
		}
		const waiting = this.#untilWritable();
		if (waiting) return waiting.then(() => this.blockingWriteAndFlush(bytes));
		this.write(bytes);
		return this.blockingFlush();
	}

	flush(): void {
		if (this.#done) throw closed;
		const flushing = this.#attempt(() => this.#handler.flush?.());
		// Nobody awaits this one: a failure that comes later shows at the guest's next write.
		if (flushing) flushing.catch(() => (this.#done = true));
	}

	blockingFlush(): void | Promise<void> {
		if (this.#done) throw closed;
		return this.#attempt(() => this.#handler.flush?.());
	}

	subscribe(): Pollable {
		return new Pollable(this.#readiness, this.#waiter);
	}

	writeZeroes(length: bigint): void {
		if (this.#done) throw closed;
		if (length > BigInt(this.#permit())) throw new RangeError('write exceeds what check-write permitted');
		this.write(new Uint8Array(Number(length)));
	}

	blockingWriteZeroesAndFlush(length: bigint): void | Promise<void> {
		return this.blockingWriteAndFlush(new Uint8Array(clamp(length, blockingChunk + 1)));
	}

	splice(source: InputStream, length: bigint): bigint {
		const permit = Number(this.checkWrite());
		const bytes = source.read(BigInt(clamp(length, permit)));
		this.write(bytes);
		return BigInt(bytes.length);
	}

	blockingSplice(source: InputStream, length: bigint): bigint | Promise<bigint> {
		const waiting = this.#untilWritable() ?? this.#waiter.until([InputStream.readinessOf(source)]);
		return waiting ? waiting.then(() => this.blockingSplice(source, length)) : this.splice(source, length);
	}

	[dispose](): void {
		this.#done = true;
		this.#handler.close?.();
	}

	#permit(): number {
		return this.#handler.checkWrite?.() ?? chunk;
	}

	#untilWritable(): void | Promise<void> {
		return this.#waiter.until([this.#readiness]);
	}

	/** Runs an operation of the handler; a stream that failed stays closed. */
	#attempt<T>(operation: () => T): T {
		try {
			return operation();
		} catch (error) {
			this.#done = true;
			throw error;
		}
	}
}

/** The readiness of a stream: a closed one is ready, since using it fails without waiting. */
function readinessOf(handler: HandlerReadiness, isDone: () => boolean): Readiness {
	return {
		ready: () => isDone() || (handler.ready?.() ?? true),
		watch(wake) {
			if (handler.watch) return handler.watch(wake);
			handler.subscribe?.().then(wake, wake);
			return () => {};
		},
	};
}

/** A length that a guest named, as a number no larger than `most`. */
const clamp = (length: bigint, most: number): number => (length > BigInt(most) ? most : Number(length));
