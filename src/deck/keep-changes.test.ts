import { expect, test } from 'vitest';
import type { HostCall } from '../core/activity';
import type { FileChange, FileTree } from '../core/files';
import { assumedWorld, compile } from '../core/policy';
import { keepChanges } from './keep-changes';

const policy =
	'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data/**"\n        access: [read, write]\n';
const compiled = compile(policy, 'documented', assumedWorld());
if (!compiled.ok) throw new Error(compiled.error.message);
const grants = compiled.value;

const directory = { kind: 'directory', modified: 0 } as const;
const file = (text: string) => {
	const content = new TextEncoder().encode(text);
	return { kind: 'file', content, size: content.length, modified: 0 } as const;
};
const start: FileTree = new Map([
	['/', directory],
	['/data', directory],
]);
const write = (path: string): FileChange => ({
	kind: 'write',
	path,
	content: new Uint8Array(1),
	modified: 1,
});

/** A world, and slices that are spent at every step; `between` happens in each new task. */
function world(between: (turn: number) => void = () => {}) {
	const recorded: HostCall[] = [];
	const state: { files: FileTree | null; turns: number } = { files: start, turns: 0 };
	const keep = (changes: readonly FileChange[]) =>
		keepChanges(changes, grants, {
			files: () => state.files,
			put: (files) => (state.files = files),
			record: (call) => recorded.push(call),
			at: 5,
			slices: {
				spent: () => true,
				next: async () => {
					state.turns += 1;
					between(state.turns);
				},
			},
		});
	return { recorded, state, keep };
}

test('changes are kept a step at a time, and those that are not granted are recorded', async () => {
	const { recorded, state, keep } = world();
	await keep([write('/data/a'), write('/etc/b'), write('/data/c')]);
	expect([...state.files!.keys()]).toEqual(['/', '/data', '/data/a', '/data/c']);
	expect(recorded.map(({ target, reason, at }) => [target, reason, at])).toEqual([['/etc/b', 'forged', 5]]);
	expect(state.turns).toBeGreaterThanOrEqual(3);
});

test('a move of many files is not one step', async () => {
	const { state, keep } = world();
	state.files = new Map([
		...start,
		['/data/d', directory],
		...Array.from({ length: 100 }, (_, at) => [`/data/d/${at}`, file('x')] as const),
	]);
	await keep([{ kind: 'move', from: '/data/d', to: '/data/e' }]);
	expect(state.files.has('/data/e/99')).toBe(true);
	expect(state.turns).toBeGreaterThan(100);
});

test('a file that somebody makes meanwhile stays', async () => {
	const { state, keep } = world((turn) => {
		if (turn === 2) state.files = new Map([...state.files!, ['/data/mine', file('mine')]]);
	});
	await keep([write('/data/a'), write('/data/b'), write('/data/c')]);
	expect([...state.files!.keys()].sort()).toEqual([
		'/',
		'/data',
		'/data/a',
		'/data/b',
		'/data/c',
		'/data/mine',
	]);
});

test('somebody who makes files all the time does not keep the changes from being kept', async () => {
	const { state, keep } = world((turn) => {
		state.files = new Map([...state.files!, [`/data/${turn}`, file('mine')]]);
	});
	await keep([write('/data/a'), write('/data/b')]);
	expect(state.files!.has('/data/a') && state.files!.has('/data/b') && state.files!.has('/data/1')).toBe(
		true,
	);
});

test('nothing is kept in a session that was replaced', async () => {
	const { state, keep } = world(() => (state.files = null));
	await keep([write('/data/a'), write('/data/b')]);
	expect(state.files).toBeNull();
});
