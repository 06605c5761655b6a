import { describe, expect, test } from 'vitest';
import type { StreamPiece } from '../../core/call';
import { wireLimits } from '../protocol';
import { Growth } from './growth';

function make() {
	const told: StreamPiece[] = [];
	const timers: (() => void)[] = [];
	const clock = { now: 0 };
	const growth = new Growth({
		tell: (piece) => told.push(piece),
		now: () => clock.now,
		later: (run) => void timers.push(run),
	});
	return { growth, told, timers, clock };
}

const u32 = { kind: 'u32' } as const;

describe('a stream that grows', () => {
	test('is told of at once, and then a few times a second', () => {
		const { growth, told, timers, clock } = make();
		growth.add(u32, [1]);
		expect(told).toEqual([{ count: 1, of: 'values', text: '1' }]);
		growth.add(u32, [2]);
		growth.add(u32, [3, 4]);
		expect(told).toHaveLength(1);
		expect(timers).toHaveLength(1);
		timers[0]!();
		expect(told[1]).toEqual({ count: 3, of: 'values', text: '2, 3, 4' });
		clock.now = 1000;
		growth.add(u32, [5]);
		expect(told[2]).toEqual({ count: 1, of: 'values', text: '5' });
		expect(growth.summary()).toBe('5 values in 4 pieces');
	});

	test('of bytes is told of as text, also where a character comes in two pieces', () => {
		const { growth, told, clock } = make();
		const bytes = new TextEncoder().encode('né');
		growth.add({ kind: 'u8' }, bytes.subarray(0, 2));
		clock.now = 1000;
		growth.add({ kind: 'u8' }, bytes.subarray(2));
		expect(told.map(({ text }) => text).join('')).toBe('né');
		expect(growth.summary()).toBe('3 bytes in 2 pieces');
	});

	test('is told of in words of bounded length, with the last of many values', () => {
		const { growth, told } = make();
		growth.add(
			u32,
			Array.from({ length: 100_000 }, (_, index) => index),
		);
		expect(told[0]!.count).toBe(100_000);
		expect(told[0]!.text).toMatch(/^… .*99998, 99999$/);
		growth.add({ kind: 'string' }, ['x'.repeat(50_000)]);
		growth.flush();
		expect(told[1]!.text.length).toBeLessThanOrEqual(wireLimits.piece);
	});

	test('that gave nothing has no summary, and nothing is told', () => {
		const { growth, told } = make();
		growth.flush();
		expect(told).toEqual([]);
		expect(growth.summary()).toBeNull();
	});

	test('has no words for what is still to come', () => {
		const { growth, told } = make();
		growth.add({ kind: 'stream', element: u32 }, [{}, {}]);
		expect(told[0]).toEqual({ count: 2, of: 'values', text: '…, …' });
	});
});
