import { describe, expect, test } from 'vitest';
import { parseWit, type WitWorld } from '../core/wit';
import { checkSource, type SourceCheckOptions } from './check-source';

const worldOf = (wit: string) => {
	const world = parseWit(wit);
	if (!world.ok) throw new Error(world.error.message);
	return world.value;
};

const check = (script: string, world: WitWorld, options: Partial<SourceCheckOptions> = {}) =>
	checkSource(script, world, { kind: 'sync', checksExports: false, ...options });

const greeter = worldOf(
	'package local:a;\ninterface clock { now: func() -> u64; }\nworld w { import clock; import look-up: func(); export say-hello: func() -> string; }',
);
const served = worldOf(
	'package local:a@1.0.0;\ninterface my-api { get: func() -> result<string, string>; }\nworld w { export my-api; }',
);

describe('a script held against its world', () => {
	test('fits where it imports and exports what the world does', async () => {
		const script =
			"import { now } from 'local:a/clock';\nexport function sayHello() { return String(now()); }";
		expect(await check(script, greeter)).toEqual({
			ok: true,
			value: { text: script, after: 'sayHello = __guarded(sayHello, false);' },
		});
	});

	test('keeps every column where a constant is put in the place of itself', async () => {
		const script = 'export const myApi = { get: () => nope };';
		const checked = await check(script, served);
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
		[
			'a function that is async in vain',
			'const x = 1;\nexport async function sayHello() {}',
			'sayHello is async',
			2,
		],
		['one that is a constant', 'export const sayHello = async () => 1;', 'sayHello is async', 1],
		[
			'an import of a function that is there by itself',
			"export function sayHello() {}\nimport now from 'look-up';",
			'it is there as lookUp',
			2,
		],
		['a file', "import x from './x.js';\nexport function sayHello() {}", 'and no files', 1],
	])('names %s', async (_, script, words, line) => {
		const checked = await check(script, greeter);
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
		expect(await check('export function sayHello( {', greeter)).toMatchObject({ ok: true });
	});

	test('may be async where the engine can wait', async () => {
		const script = 'export async function sayHello() {}';
		expect(await check(script, greeter, { kind: 'async' })).toMatchObject({ ok: true });
	});

	test('says behind its last line what the world wants of each export, where the engine looks', async () => {
		const counters = worldOf(
			'package local:a;\ninterface s { resource c-d { constructor(); add-it: func(); make: static func() -> c-d; } f-g: func(); }\nworld w { export s; export h: func(); }',
		);
		const checked = await check('export const s = {}; export function h() {}', counters, {
			checksExports: true,
		});
		expect(checked.ok && checked.value.after.replaceAll('"', "'")).toBe(
			"__wanted('s', s, [['[constructor]c-d','CD'],['[method]c-d.add-it','CD','prototype','addIt'],['[static]c-d.make','CD','make'],['f-g','fG']]);s = __guarded(s, false);__wanted('h', h, null);h = __guarded(h, false);",
		);
	});
});
