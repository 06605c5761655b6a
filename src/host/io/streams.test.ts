import { describe, expect, test, vi } from 'vitest';
import { bytes, settled, text, thrownBy } from '../testing/world';
import { dispose } from './dispose';
import { IoError, operationFailed } from './error';
import { Latch } from './readiness';
import { InputStream, OutputStream, type InputHandler, type OutputHandler } from './streams';

/** An input of some text, then the end. */
function reading(content: string) {
	let rest = bytes(content);
	const read = vi.fn((max: number) => {
		if (rest.length === 0) return null;
		const part = rest.slice(0, max);
		rest = rest.slice(max);
		return part;
	});
	return { read };
}

/** An input that has nothing until it is opened. */
function waiting(content: string) {
	const latch = new Latch();
	const { read } = reading(content);
	const handler: InputHandler = {
		read: (max) => (latch.ready() ? read(max) : new Uint8Array()),
		ready: () => latch.ready(),
		watch: (wake) => latch.watch(wake),
	};
	return { latch, handler };
}

/** An output that keeps what it gets. */
function writing(more: Partial<OutputHandler> = {}) {
	const state = { content: '' };
	const handler: OutputHandler = { write: (part) => void (state.content += text(part)), ...more };
	return { state, handler };
}

const closed = { tag: 'closed' };

describe('an input stream', () => {
	test('gives at most what is asked for, then closes for good', () => {
		const { read } = reading('hello');
		const stream = InputStream.from({ read });
		expect(text(stream.read(2n))).toBe('he');
		expect(text(stream.read(2n ** 64n - 1n))).toBe('llo');
		expect(read).toHaveBeenLastCalledWith(2 ** 20);
		expect(thrownBy(() => stream.read(1n))).toEqual(closed);
		expect(thrownBy(() => stream.read(1n))).toEqual(closed);
		expect(read).toHaveBeenCalledTimes(3);
	});

	test('stays closed after a failure', () => {
		const failure = operationFailed('broken');
		const stream = InputStream.from({
			read() {
				throw failure;
			},
		});
		expect(thrownBy(() => stream.read(1n))).toBe(failure);
		expect(thrownBy(() => stream.read(1n))).toEqual(closed);
	});

	test('blocks without a promise when bytes are there', () => {
		expect(InputStream.from(reading('abc')).blockingRead(3n)).toEqual(bytes('abc'));
		expect(InputStream.from(reading('abc')).blockingSkip(2n)).toBe(2n);
	});

	test('blocks with a promise until bytes are there', async () => {
		const { latch, handler } = waiting('abc');
		const stream = InputStream.from(handler);
		expect(stream.read(1n)).toHaveLength(0);
		expect(stream.subscribe().ready()).toBe(false);
		const read = stream.blockingRead(2n);
		const skipped = stream.blockingSkip(5n);
		latch.open();
		expect(text(await read)).toBe('ab');
		expect(await skipped).toBe(1n);
		expect(stream.subscribe().ready()).toBe(true);
	});

	test('waits for a handler that says by promise when it is ready', async () => {
		let ready = false;
		let resolve = () => {};
		const stream = InputStream.from({
			...reading('x'),
			ready: () => ready,
			subscribe: () => new Promise<void>((done) => (resolve = done)),
		});
		const read = stream.blockingRead(1n);
		ready = true;
		resolve();
		expect(text(await read)).toBe('x');
	});

	test('is closed and tells its handler when it is dropped', () => {
		const close = vi.fn();
		const stream = InputStream.from({ ...reading('x'), close });
		stream[dispose]();
		expect(close).toHaveBeenCalledOnce();
		expect(thrownBy(() => stream.read(1n))).toEqual(closed);
	});
});

describe('an output stream', () => {
	test('passes on what is written', () => {
		const { state, handler } = writing();
		const stream = OutputStream.from(handler);
		expect(stream.checkWrite()).toBe(2n ** 20n);
		stream.write(bytes('ab'));
		stream.writeZeroes(2n);
		expect(stream.blockingWriteAndFlush(bytes('c'))).toBeUndefined();
		expect(stream.blockingWriteZeroesAndFlush(1n)).toBeUndefined();
		expect(state.content).toBe('ab\0\0c\0');
	});

	test('traps, as Wasmtime does, on more than it permitted', () => {
		const { state, handler } = writing({ checkWrite: () => 2 });
		const stream = OutputStream.from(handler);
		expect(thrownBy(() => OutputStream.from(handler).write(bytes('abc')))).toBeInstanceOf(RangeError);
		expect(thrownBy(() => stream.writeZeroes(2n ** 63n))).toBeInstanceOf(RangeError);
		expect(state.content).toBe('');
	});

	test('traps on a blocking write of more than 4096 bytes', () => {
		const { state, handler } = writing();
		const stream = OutputStream.from(handler);
		expect(thrownBy(() => stream.blockingWriteAndFlush(new Uint8Array(4097)))).toBeInstanceOf(RangeError);
		expect(thrownBy(() => stream.blockingWriteZeroesAndFlush(2n ** 60n))).toBeInstanceOf(RangeError);
		void stream.blockingWriteAndFlush(new Uint8Array(4096));
		expect(state.content).toHaveLength(4096);
	});

	test('stays closed after a failure', () => {
		const failure = operationFailed('full');
		const stream = OutputStream.from({
			write() {
				throw failure;
			},
		});
		expect(thrownBy(() => stream.write(bytes('a')))).toBe(failure);
		for (const use of [
			() => stream.write(bytes('a')),
			() => stream.checkWrite(),
			() => stream.flush(),
			() => stream.blockingFlush(),
			() => stream.writeZeroes(1n),
		])
			expect(thrownBy(use)).toEqual(closed);
	});

	test('waits until it can be written to', async () => {
		const latch = new Latch();
		const { state, handler } = writing({ ready: () => latch.ready(), watch: (wake) => latch.watch(wake) });
		const written = OutputStream.from(handler).blockingWriteAndFlush(bytes('late'));
		await settled();
		expect(state.content).toBe('');
		latch.open();
		await written;
		expect(state.content).toBe('late');
	});

	test('waits for a flush, and closes when one fails', async () => {
		const { handler } = writing({ flush: () => Promise.reject(operationFailed('gone')) });
		await expect(OutputStream.from(handler).blockingFlush()).rejects.toMatchObject({
			tag: 'last-operation-failed',
		});
		const stream = OutputStream.from(handler);
		stream.flush();
		await settled();
		expect(thrownBy(() => stream.checkWrite())).toEqual(closed);
	});

	test('splices from an input what both can take', async () => {
		const { state, handler } = writing({ checkWrite: () => 3 });
		const stream = OutputStream.from(handler);
		const source = InputStream.from(reading('abcdef'));
		expect(stream.splice(source, 2n)).toBe(2n);
		expect(stream.blockingSplice(source, 100n)).toBe(3n);
		expect(state.content).toBe('abcde');

		const late = waiting('xyz');
		const spliced = stream.blockingSplice(InputStream.from(late.handler), 100n);
		late.latch.open();
		expect(await spliced).toBe(3n);
		expect(state.content).toBe('abcdexyz');
	});
});

describe('an error', () => {
	test('says what failed, and keeps its cause for the host', () => {
		const error = new IoError('the disk is full', 'insufficient-space');
		expect(error.toDebugString()).toBe('the disk is full');
		expect(IoError.causeOf(error)).toBe('insufficient-space');
	});
});
