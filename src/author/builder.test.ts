import { describe, expect, test } from 'vitest';
import { createAuthor } from './build-tool';
import { builderHere } from './testing/builder-here';

const author = createAuthor({
	spawn: builderHere,
	load: () => Promise.reject(new Error('nothing is loaded here')),
	run: () => Promise.reject(new Error('nothing runs here')),
	mode: 'jspi',
});

const flags = (count: number) =>
	`flags many { ${Array.from({ length: count }, (_, at) => `is${at}`).join(', ')} }`;

describe('what the engine has no values for is refused by name and place', () => {
	test.each([
		['a list of fixed length', 'export f: func(x: list<u8, 4>);', 'a list of fixed length'],
		['one in a record', 'record r { x: list<u8, 4> }\nexport f: func(x: r);', 'a list of fixed length'],
		['more than 32 flags', `${flags(33)}\nexport f: func(x: many);`, 'more than 32 flags'],
		['an error-context that is taken', 'export f: func(x: error-context);', 'an error-context (in f)'],
		['one that is given', 'export f: func() -> error-context;', 'an error-context (in f)'],
		['one in an option', 'export f: func(x: option<error-context>);', 'an error-context'],
		['one under a name', 'type e = error-context;\nexport f: func(x: e);', 'an error-context (e)'],
		[
			'one in an interface that is imported',
			'import i: interface { g: func(x: error-context); }\nexport f: func();',
			'an error-context (in g)',
		],
		['one in a stream', 'export f: async func() -> stream<error-context>;', 'an error-context'],
		['a function named as the start of the engine', 'export init: func();', 'an export named `init`'],
	])('%s', async (_, items, words) => {
		const described = await author.describe({ wit: `package local:tool;\nworld w {\n${items}\n}\n` });
		expect(described).toMatchObject({
			ok: false,
			error: { in: 'wit', message: expect.stringContaining(words) as string },
		});
		if (described.ok) return;
		expect(described.error.line).toBeGreaterThan(2);
		expect(described.error.message).not.toMatch(/panicked|without a name/);
	});

	test('32 flags are not', async () => {
		const wit = `package local:tool;\nworld w {\n${flags(32)}\nexport f: func(x: many);\n}`;
		expect(await author.describe({ wit })).toMatchObject({ ok: true, value: { kind: 'sync' } });
	});
});

describe('a WIT of which no tool can be made', () => {
	test.each([
		['without a package', 'world w { export f: func(); }', 'package local:tool;', 1],
		['without a world', 'package a:b;\ninterface i { f: func(); }', 'no world in it', 1],
		[
			'with two worlds',
			'package a:b;\nworld v { export f: func(); }\nworld w { export f: func(); }',
			'more than one world in it (a:b/v, a:b/w)',
			1,
		],
		['without an export', 'package a:b;\nworld w {}', 'exports nothing', 2],
		[
			'with a package that nobody has',
			'package a:b;\nworld w {\n  import wasi:clocks/wall-clock@0.3.0;\n}',
			'WASI 0.2.0 to 0.2.12',
			3,
		],
		['with a type that is not there', 'package a:b;\nworld w {\n  export f: func(x: t);\n}', '`t`', 3],
	])('%s is told what is missing', async (_, wit, words, line) => {
		expect(await author.describe({ wit })).toMatchObject({
			ok: false,
			error: { in: 'wit', message: expect.stringContaining(words) as string, line },
		});
	});

	test('under an engine that this page has not is told so, and nothing is fetched', async () => {
		const source = { wit: 'package a:b;\nworld w { export f: func(); }', js: '', engine: 'qjs-99' };
		expect(await author.describe(source)).toMatchObject({ ok: false, error: { in: null } });
		expect(await author.build(source)).toMatchObject({
			ok: false,
			error: [{ in: null, message: expect.stringContaining('no engine qjs-99') as string }],
		});
	});
});

test.each([
	['an asynchronous function', 'export f: async func();'],
	['a stream', 'export f: func(x: stream<u8>);'],
	['a future', 'export f: func() -> future<string>;'],
])('a world with %s gets the engine that can wait', async (_, item) => {
	const described = await author.describe({ wit: `package local:tool;\nworld w {\n${item}\n}\n` });
	expect(described).toMatchObject({ ok: true, value: { kind: 'async' } });
});

describe('a browser that cannot suspend WebAssembly', () => {
	const author = createAuthor({
		spawn: builderHere,
		load: () => Promise.reject(new Error('nothing is loaded before it is said')),
		run: () => Promise.reject(new Error('nothing runs here')),
		mode: 'sync',
	});

	test.each([
		['export f: async func();', 'an asynchronous function'],
		['export f: func(x: stream<u8>);', 'a stream'],
		['export f: func() -> future<string>;', 'a future'],
	])('is told before anything is built that it cannot have %s', async (item, what) => {
		const source = {
			wit: `package local:tool;\nworld w {\n${item}\n}\n`,
			js: 'export async function f() {}',
		};
		const problem = {
			in: 'wit',
			line: 3,
			message: `The world has ${what}, and this browser cannot suspend WebAssembly (JSPI), without which such a tool is neither built nor run. Write it with plain functions, or open this page in a current Chrome, Edge or Firefox.`,
		};
		// Its tools are listed all the same.
		expect(await author.describe(source)).toMatchObject({
			ok: true,
			value: { tools: [{ name: 'f' }], unbuildable: problem },
		});
		expect(await author.build(source)).toMatchObject({ ok: false, error: [problem] });
	});

	test('has all that waits for nothing', async () => {
		const wit = 'package local:tool;\nworld w { export f: func(); }';
		expect(await author.describe({ wit })).toMatchObject({ ok: true, value: { unbuildable: null } });
	});
});
