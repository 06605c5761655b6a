import { describe, expect, test } from 'vitest';
import { parseWit } from '../core/wit';
import { checkSource } from './check-source';

const worldOf = (wit: string) => {
	const world = parseWit(wit);
	if (!world.ok) throw new Error(world.error.message);
	return world.value;
};

const greeter = worldOf(
	'package local:a;\ninterface clock { now: func() -> u64; }\nworld w { import clock; export say-hello: func() -> string; }',
);
const served = worldOf(
	'package local:a@1.0.0;\ninterface my-api { get: func() -> result<string, string>; }\nworld w { export my-api; }',
);

describe('a script held against its world', () => {
	test('fits where it imports and exports what the world does', async () => {
		const script =
			"import { now } from 'local:a/clock';\nexport function sayHello() { return String(now()); }";
		expect(await checkSource(script, greeter)).toEqual({
			ok: true,
			value: { text: script, after: 'sayHello = __guarded(sayHello, false);' },
		});
	});

	test('keeps every column where a constant is put in the place of itself', async () => {
		const script = 'export const myApi = { get: () => nope };';
		const checked = await checkSource(script, served);
		expect(checked).toEqual({
			ok: true,
			value: { text: 'export let   myApi = { get: () => nope };', after: 'myApi = __guarded(myApi, true);' },
		});
	});

	test.each([
		['an export that is missing', 'export const other = 1;', 'no export sayHello', undefined],
		['an export in other letters', 'export function sayhello() {}', 'It exports sayhello', undefined],
		[
			'an import that the world has not',
			"export function sayHello() {}\nimport x from 'wasi:cli/stdout@0.2.0';",
			'Add "import wasi:cli/stdout@0.2.0;"',
			2,
		],
		[
			'an import under another version',
			"import x from 'local:a/clock@2.0.0';\nexport function sayHello() {}",
			'as local:a/clock',
			1,
		],
		['a file', "import x from './x.js';\nexport function sayHello() {}", 'and no files', 1],
	])('names %s', async (_, script, words, line) => {
		const checked = await checkSource(script, greeter);
		expect(checked.ok).toBe(false);
		if (checked.ok) return;
		expect(checked.error).toHaveLength(1);
		expect(checked.error[0]).toMatchObject({
			in: 'source',
			message: expect.stringContaining(words) as string,
		});
		expect(checked.error[0]?.line).toBe(line);
	});

	test('leaves what does not parse to the engine, which says where', async () => {
		expect(await checkSource('export function sayHello( {', greeter)).toMatchObject({ ok: true });
	});
});
