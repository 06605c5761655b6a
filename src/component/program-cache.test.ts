import { describe, expect, test } from 'vitest';
import { componentOfWit, nodeTools } from './fixtures';
import { isTranspiled } from './is-transpiled';
import { createProgramCache, outstaying } from './program-cache';
import { transpile } from './transpile';

const bytes = await componentOfWit('package a:b; world root-world { export f: func(); }');
const made = await transpile(bytes, { mode: 'jspi', tools: nodeTools });
if (!made.ok) throw new Error(made.error);

describe('what is taken from storage', () => {
	test('is what a transpiler made', () => {
		expect(isTranspiled(structuredClone(made.value), 'jspi')).toBe(true);
	});

	test.each([
		['nothing', undefined],
		['another thing', []],
		['no program', { ...made.value, program: null }],
		['another mode', { ...made.value, program: { ...made.value.program, mode: 'sync' } }],
		['source that is no text', { ...made.value, program: { ...made.value.program, source: 1 } }],
		[
			'a module that is no bytes',
			{ ...made.value, program: { ...made.value.program, modules: [['a', 'b']] } },
		],
		['a tool without a schema', { ...made.value, tools: [{ name: 'f', description: '' }] }],
		['no types', { ...made.value, wit: undefined }],
	])('is not %s', (_, value) => {
		expect(isTranspiled(value, 'jspi')).toBe(false);
	});
});

describe('what goes when room is needed', () => {
	const use = (key: string, size: number, usedAt: number) => ({ key, bytes: size, usedAt });

	test('is what was not used for longest', () => {
		const uses = [use('v1 a', 10, 3), use('v1 b', 10, 1), use('v1 c', 10, 2)];
		expect(outstaying(uses, 'v1 ', 30)).toEqual([]);
		expect(outstaying(uses, 'v1 ', 20)).toEqual(['v1 b']);
		expect(outstaying(uses, 'v1 ', 15)).toEqual(['v1 c', 'v1 b']);
	});

	test('is all that another transpiler made', () => {
		expect(outstaying([use('v1 a', 1, 9), use('v2 a', 1, 1)], 'v2 ', 30)).toEqual(['v1 a']);
	});
});

test('a cache where nothing can be kept finds nothing, and says nothing', async () => {
	const cache = createProgramCache({ transpiler: 'v1', mode: 'jspi', now: () => 0 });
	await cache.put('0'.repeat(64), made.value);
	expect(await cache.get('0'.repeat(64))).toBeNull();
	await cache.clear();
});
