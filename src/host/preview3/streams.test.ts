import { describe, expect, test } from 'vitest';
import { dispose } from '../io/dispose';
import type { InputStream } from '../io/streams';
import { giveStream, giveValues, passOn } from './streams';

/** An input stream of these pieces, which then ends, fails, or goes on for ever. */
function input(pieces: readonly string[], end: 'closed' | 'failed' | 'open') {
	const left = [...pieces];
	const state = { disposed: 0 };
	const stream = {
		blockingRead: () => {
			const piece = left.shift();
			if (piece !== undefined) return Promise.resolve(new TextEncoder().encode(piece));
			if (end === 'open') return new Promise(() => {});
			return Promise.reject(Object.assign(new Error(), { tag: end }));
		},
		[dispose]: () => (state.disposed += 1),
	};
	return { stream: stream as unknown as InputStream, state };
}

async function textOf(stream: AsyncIterable<ArrayLike<unknown>>): Promise<string> {
	let text = '';
	for await (const piece of stream) text += Buffer.from(piece as Uint8Array).toString();
	return text;
}

describe('a stream that is given to a guest', () => {
	test.each([
		['closed', { tag: 'ok', val: undefined }],
		['failed', { tag: 'err', val: 'io' }],
	] as const)('tells how it ended where it %s', async (end, outcome) => {
		const { stream, state } = input(['a', '', 'b'], end);
		const [given, ended] = giveStream(stream, () => 'io');
		expect(await textOf(given)).toBe('ab');
		expect(await ended).toEqual(outcome);
		expect(state.disposed).toBe(1);
	});

	test.each([0, 1])('ends well where a guest drops it after %i reads', async (reads) => {
		const { stream, state } = input(['a', 'b'], 'open');
		const [given, ended] = giveStream(stream, () => 'io');
		const iterator = given[Symbol.asyncIterator]();
		for (let read = 0; read < reads; read += 1) await iterator.next();
		await iterator.return?.();
		expect(await ended).toEqual({ tag: 'ok', val: undefined });
		expect(state.disposed).toBe(1);
		expect(await iterator.next()).toEqual({ done: true, value: undefined });
	});

	test('ends well where a guest drops it while it waits for more', async () => {
		const { stream, state } = input([], 'open');
		const [given, ended] = giveStream(stream, () => 'io');
		const iterator = given[Symbol.asyncIterator]();
		void iterator.next();
		await iterator.return?.();
		expect(await ended).toEqual({ tag: 'ok', val: undefined });
		expect(state.disposed).toBe(1);
	});
});

test('a list of values ends once, also where it is read beyond its end', async () => {
	let closed = 0;
	const values = [{ name: 'a' }, { name: 'b' }];
	const given = giveValues<object>(
		() => values.shift() ?? null,
		() => (closed += 1),
	);
	const iterator = given[Symbol.asyncIterator]();
	const seen = [await iterator.next(), await iterator.next(), await iterator.next(), await iterator.next()];
	expect(seen.map(({ value }) => value as unknown)).toEqual([
		{ name: 'a' },
		{ name: 'b' },
		undefined,
		undefined,
	]);
	expect(closed).toBe(1);
});

test("a guest's stream is handed on in the pieces that it comes in", async () => {
	const asked: number[] = [];
	const pieces = [Uint8Array.of(97, 98), Uint8Array.of(99)];
	let isDropped = false;
	const lifted = {
		read: async ({ count }: { readonly count: number }) => {
			asked.push(count);
			const value = pieces.shift();
			return value ? { value, done: false } : { done: true };
		},
		[dispose]: () => (isDropped = true),
	};
	expect(await textOf(passOn(lifted))).toBe('abc');
	expect(asked).toEqual([65_536, 65_536, 65_536]);
	expect(isDropped).toBe(true);
});
