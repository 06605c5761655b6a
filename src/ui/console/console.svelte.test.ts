import { expect, test } from 'vitest';
import type { CallSettled } from '../../mcp/client';
import { answersOf } from '../../core/answers';
import { createOutlet } from '../../core/outlet';
import { emptyWorld } from '../../core/world';
import { keepWritten, writtenOf } from '../../core/written-json';
import { Console } from './console.svelte';
import type { DeckTool } from './deck-tool';

const tool = {
	key: 'a/x',
	name: 'x',
	memoryKey: 'a/x',
	component: null,
	server: null,
} as unknown as DeckTool;

test('a result that comes after its session was replaced has no place in the next one', async () => {
	let answer = (_: CallSettled) => {};
	let stopped = false;
	const console = new Console(
		{
			callTool: (_name, _args, options) => {
				options?.signal?.addEventListener('abort', () => (stopped = true));
				return new Promise((resolve) => (answer = resolve));
			},
		},
		() => 0,
		{ outlet: () => createOutlet([]), answers: () => answersOf(emptyWorld) },
	);
	const ran = console.run(tool, {});
	expect(console.running).toBe(true);
	expect(console.leaveSession()).toBe('x');
	expect([console.running, stopped]).toEqual([false, true]);
	answer({ status: 'cancelled' } as CallSettled);
	await ran;
	expect(console.runOf(tool)).toBeUndefined();
	expect(console.leaveSession()).toBeNull();
});

test('a world that is fixed as it was met leaves what is current so, and what is old old', async () => {
	let world = emptyWorld;
	const console = new Console({ callTool: async () => ({ status: 'cancelled' }) as CallSettled }, () => 0, {
		outlet: () => createOutlet([]),
		answers: () => answersOf(world),
	});
	const began = () => {
		const run = console.runOf(tool);
		return run?.status === 'settled' ? run.began.answers.clock : null;
	};
	await console.run(tool, {});
	const frozen = { ...world, clock: { start: '2026-01-01T00:00:00.000Z' } };
	console.carry(answersOf({ ...world, network: 'routes' }), answersOf(frozen));
	expect(began()).toBe('live');
	console.carry(answersOf(world), answersOf(frozen));
	expect(began()).toBe(frozen.clock);
	world = frozen;
	await console.run(tool, {});
	expect(began()).toBe(frozen.clock);
});

test('a form sends what its numbers are, the raw editor how they were written', () => {
	const console = new Console({ callTool: () => Promise.reject(new Error('not called')) }, () => 0, {
		outlet: () => createOutlet([]),
		answers: () => answersOf(emptyWorld),
	});
	const args = { a: 1 };
	keepWritten('{"a": 1.0}', args);
	console.setArguments(tool, args);
	console.view = 'json';
	expect(writtenOf(console.ready(tool))).toBeDefined();
	console.view = 'form';
	expect(console.ready(tool)).toEqual(args);
	expect(writtenOf(console.ready(tool))).toBeUndefined();
});
