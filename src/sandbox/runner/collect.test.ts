import { describe, expect, test } from 'vitest';
import type { WitType } from '../../core/wit/types';
import { collect, TooMuch } from './collect';

const u32: WitType = { kind: 'u32' };
const u8: WitType = { kind: 'u8' };
const stream = (element: WitType | null): WitType => ({ kind: 'stream', element });

/** A guest's stream of these pieces, which remembers how often it was asked. */
function pieces(list: readonly unknown[]) {
	const state = { asked: 0 };
	const rest = [...list];
	return {
		state,
		read: async () => {
			state.asked += 1;
			const value = rest.shift();
			return value === undefined ? { done: true } : { value, done: false };
		},
	};
}

const most = { mostItems: 1000 };

describe('what a result has to be waited for is collected:', () => {
	test('a stream becomes a list', async () => {
		expect(await collect(stream(u32), pieces([Uint32Array.of(1, 2), [3]]), most)).toEqual([1, 2, 3]);
	});

	test('a stream of bytes becomes bytes', async () => {
		const value = await collect(stream(u8), pieces([Uint8Array.of(1), Uint8Array.of(2, 3)]), most);
		expect(value).toEqual(Uint8Array.of(1, 2, 3));
	});

	test('futures and streams are found wherever they stand', async () => {
		const type: WitType = {
			kind: 'record',
			name: 'r',
			fields: [
				{ name: 'later-on', type: { kind: 'future', element: { kind: 'string' } } },
				{ name: 'two', type: { kind: 'tuple', elements: [stream(u32), { kind: 'bool' }] } },
				{ name: 'case', type: { kind: 'variant', name: 'v', cases: [{ name: 'a', type: stream(u32) }] } },
				{ name: 'maybe', type: { kind: 'option', element: stream(u32) } },
			],
		};
		const value = {
			laterOn: Promise.resolve('x'),
			two: [pieces([[1]]), true],
			case: { tag: 'a', val: pieces([[2]]) },
			maybe: undefined,
		};
		expect(await collect(type, value, most)).toEqual({
			laterOn: 'x',
			two: [[1], true],
			case: { tag: 'a', val: [2] },
			maybe: undefined,
		});
	});

	test('a stream of streams is read after the one that gives them', async () => {
		const value = pieces([[pieces([[1]]), pieces([[2, 3]])]]);
		expect(await collect(stream(stream(u32)), value, most)).toEqual([[1], [2, 3]]);
	});

	test('what is more than a result holds is seen to its end, and none of it kept', async () => {
		const seen: number[] = [];
		const many = pieces(Array.from({ length: 30 }, () => new Uint8Array(100)));
		const collected = collect(stream(u8), many, {
			...most,
			onItems: (_, items) => void seen.push(items.length),
		});
		await expect(collected).rejects.toThrow(TooMuch);
		await expect(collected).rejects.toThrow('a stream of 3000 bytes, and a result may hold 1000');
		expect(seen).toHaveLength(30);
	});

	test('a producer is asked for more only when what it gave was taken', async () => {
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const order: string[] = [];
		let given = 0;
		const slow = {
			async read() {
				order.push(`asked ${given}`);
				if (given === 2) return { done: true };
				given += 1;
				if (given === 2) await held;
				return { value: [given], done: false };
			},
		};
		const collected = collect(stream(u32), slow, {
			...most,
			onItems: (_, items) => void order.push(`took ${items[0] as number}`),
		});
		await new Promise((resolve) => setImmediate(resolve));
		// The first is seen while the second is still waited for.
		expect(order).toEqual(['asked 0', 'took 1', 'asked 1']);
		release();
		expect(await collected).toEqual([1, 2]);
	});
});
