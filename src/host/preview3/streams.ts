import { propertyOf } from '../../core/property-of';
import { dispose } from '../io/dispose';
import type { InputStream, OutputStream } from '../io/streams';

/** A `result` as generated code takes it where it is not thrown. */
export type Outcome<E, T = undefined> =
	{ readonly tag: 'ok'; readonly val: T } | { readonly tag: 'err'; readonly val: E };

/** A stream as generated code hands it over. */
interface LiftedStream {
	/** At most `count` values; what is there is given as soon as there is any. */
	read(options: { readonly count: number }): Promise<{ readonly value?: unknown; readonly done?: boolean }>;
	[dispose]?(): void;
}

const done = { tag: 'ok', val: undefined } as const;

/** The most values that are asked for at once: a piece of 64 KiB of bytes. */
export const pieceLength = 65_536;

/** The values of a guest's stream, in pieces as they come; one more is asked for only when the last was taken. */
export async function* piecesOf(stream: unknown): AsyncGenerator<ArrayLike<unknown>, void, undefined> {
	const lifted = stream as LiftedStream;
	for (;;) {
		const { value, done: ended } = await lifted.read({ count: pieceLength });
		if (isPiece(value)) {
			if (value.length > 0) yield value;
		} else if (value !== undefined) yield [value];
		if (ended) return;
	}
}

const isPiece = (value: unknown): value is ArrayLike<unknown> =>
	Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

/** A piece of a stream of bytes. */
export function bytesOf(piece: ArrayLike<unknown>): Uint8Array {
	if (piece instanceof Uint8Array) return piece;
	const bytes = new Uint8Array(piece.length);
	// Copied at once; `from` asks for one number after the other, which takes ten times as long.
	bytes.set(piece as ArrayLike<number>);
	return bytes;
}

/**
 * An input stream of WASI 0.2 as WASI 0.3 gives it: its bytes, read as they are asked for, and how it ended. A guest that drops the stream
 * ends it well, also one that never read of it.
 */
export function giveStream<E>(
	input: InputStream,
	codeOf: (error: unknown) => E,
): [AsyncIterable<Uint8Array>, Promise<Outcome<E>>] {
	let settle!: (outcome: Outcome<E>) => void;
	const outcome = new Promise<Outcome<E>>((resolve) => (settle = resolve));
	async function read(): Promise<Uint8Array | null> {
		try {
			return await input.blockingRead(BigInt(pieceLength));
		} catch (error) {
			if (!isClosed(error)) settle({ tag: 'err', val: codeOf(error) });
			return null;
		}
	}
	const close = () => {
		settle(done);
		input[dispose]();
	};
	return [giveValues(read, close), outcome];
}

/** A guest's stream as it is handed on to a guest: in pieces, where a stream as it was lifted would be asked for one value at a time. */
export function passOn(stream: unknown): AsyncIterable<ArrayLike<unknown>> {
	const pieces = piecesOf(stream);
	const next = async () => (await pieces.next()).value ?? null;
	return giveValues(next, () => (stream as Partial<LiftedStream>)[dispose]?.());
}

/** What `next` gives until it gives null. `close` runs once: at the end, or when whoever reads wants no more, whether it has begun or not. */
export function giveValues<T extends { readonly length?: number }>(
	next: () => T | null | Promise<T | null>,
	close: () => void,
): AsyncIterable<T> {
	const over = { done: true, value: undefined } as const;
	let isOver = false;
	function end(): typeof over {
		if (!isOver) close();
		isOver = true;
		return over;
	}
	const iterator: AsyncIterator<T> = {
		async next() {
			while (!isOver) {
				const value = await next();
				if (value === null) return end();
				if (value.length !== 0) return { done: false, value };
			}
			return over;
		},
		return: async () => end(),
	};
	return { [Symbol.asyncIterator]: () => iterator };
}

/** Writes a guest's stream to an output stream of WASI 0.2, and asks for more only when there is room. Never rejects. */
export async function takeStream<E>(
	stream: unknown,
	open: () => OutputStream,
	codeOf: (error: unknown) => E,
): Promise<Outcome<E>> {
	let output: OutputStream | null = null;
	try {
		output = open();
		for await (const piece of piecesOf(stream)) await writeAll(output, bytesOf(piece));
		await output.blockingFlush();
		return done;
	} catch (error) {
		return { tag: 'err', val: codeOf(error) };
	} finally {
		output?.[dispose]();
		(stream as LiftedStream)[dispose]?.();
	}
}

/** Writes bytes as there is room for them. Throws what the stream throws. */
export async function writeAll(output: OutputStream, bytes: Uint8Array): Promise<void> {
	for (let at = 0; at < bytes.length;) {
		const room = Number(output.checkWrite());
		if (room === 0) {
			await output.subscribe().block();
			continue;
		}
		const piece = bytes.subarray(at, at + room);
		output.write(piece);
		at += piece.length;
	}
}

const isClosed = (error: unknown): boolean => propertyOf(error, 'tag') === 'closed';
