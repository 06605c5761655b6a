import digests from '../../e2e/fixtures/starter-digests.json';
import { describe, expect, test } from 'vitest';
import * as tools from '@bytecodealliance/jco-transpile/wasm-tools';
import type { WatReply, WatRequest, WatWorker } from '../component/print-wat';
import { textToBinary } from '../component/text-to-binary';
import { createAuthor } from './build-tool';
import { sentenceOf } from './problem';
import { starters } from './starters';
import { builderHere } from './testing/builder-here';

/** The tools themselves in the place of their worker. */
function readerHere(): WatWorker {
	const worker: WatWorker = {
		onmessage: null,
		onerror: null,
		terminate: () => {},
		postMessage: (request: WatRequest) => {
			if (!('text' in request)) return;
			void textToBinary(tools, request).then((data) =>
				worker.onmessage?.call(worker as Worker, { data } as MessageEvent<WatReply>),
			);
		},
	};
	return worker;
}

const author = createAuthor({
	spawn: builderHere,
	load: () => Promise.reject(new Error('nothing is loaded here')),
	run: () => Promise.reject(new Error('nothing runs here')),
	mode: 'jspi',
	spawnReader: readerHere,
});

const worldOf = (items: string) => `package local:tool;\nworld w {\n${items}\n}\n`;

const wasi = 'wasi:cli/environment@0.2.12';
const room =
	'(memory (export "memory") 1)\n(func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 0)';

describe('a core module beside its WIT', () => {
	test.each([
		['a function', 'export f: func() -> u32;', '(module (func (export "f") (result i32) i32.const 4))'],
		['an interface', 'export i: interface { g: func(); }', '(module (func (export "i#g")))'],
		[
			'an import of the world itself',
			'import g: func(x: u32);\nexport f: func();',
			'(module (import "$root" "g" (func (param i32))) (func (export "f")))',
		],
		[
			'WASI',
			`import ${wasi};\nexport f: func();`,
			`(module (import "${wasi}" "get-environment" (func (param i32))) ${room} (func (export "f")))`,
		],
		['a comment before it', 'export f: func();', ';; mine\n(module $m (func (export "f")))'],
	])('becomes a component with %s, the same each time', async (_, items, wat) => {
		const source = { wit: worldOf(items), wat };
		const built = await author.build(source);
		if (!built.ok) throw new Error(sentenceOf(built.error));
		expect(await tools.componentWit(built.value.bytes)).toContain(items.includes(wasi) ? wasi : 'export');
		expect(await author.build(source)).toEqual(built);
	});

	test.each([
		[
			'export f: func();',
			'(module\n  (func (export "f") i32.adx))',
			2,
			'Source, line 2: ',
			'unknown operator',
		],
		['export f: func() -> t;', '(module)', 3, 'WIT, line 3: ', '`t`'],
		[
			'export f: func();',
			'(module)',
			undefined,
			'This module does not fit its world: ',
			'add (export "f") to one',
		],
		['export i: interface { g: func(); }', '(module)', undefined, '', 'add (export "i#g") to one'],
		[
			'export f: func(x: u64) -> u32;',
			'(module\n  (func (export "f")))',
			2,
			'Source, line 2: ',
			'f is (func (param i64) (result i32)) by the world, and (func) in the module.',
		],
		[
			'export f: func() -> string;',
			'(module (func (export "f") (result i32) i32.const 4))',
			undefined,
			'',
			'add (memory (export "memory") 1)',
		],
		[
			'export f: func(x: string);',
			'(module (memory (export "memory") 1) (func (export "f") (param i32 i32)))',
			undefined,
			'',
			'cabi_realloc',
		],
		[
			'export f: func();',
			'(module\n\n  (import "env" "x" (func)) (func (export "f")))',
			3,
			'',
			'imports env, and the world does not.',
		],
		[
			'export f: func();',
			`(module (import "${wasi}" "get-environment" (func (param i32))) (func (export "f")))`,
			1,
			'',
			`add "import ${wasi};" to it`,
		],
		[
			`import ${wasi};\nexport f: func();`,
			`(module\n(import "${wasi}" "no" (func)) (func (export "f")))`,
			2,
			'',
			`${wasi} has no function no.`,
		],
		[
			'export f: func();',
			'(module (import "$root" "g" (func)) (func (export "f")))',
			1,
			'',
			'imports no such function',
		],
		[
			'export f: func();',
			'(module (func (export "f") i32.add drop))',
			undefined,
			'No component could be made of this module: ',
			'type mismatch: expected i32',
		],
	])('%s with %j is refused by place and in words', async (items, wat, line, start, words) => {
		const built = await author.build({ wit: worldOf(items), wat });
		if (built.ok) return expect.unreachable();
		expect(built.error[0]?.line).toBe(line);
		expect(sentenceOf(built.error)).toMatch(new RegExp(`^${start}`));
		expect(sentenceOf(built.error)).toContain(words);
	});

	test('is asked for its WIT where there is none', async () => {
		const built = await author.build({ wit: '', wat: '(module)' });
		expect(built).toMatchObject({ ok: false, error: [{ in: 'wit', line: 1 }] });
	});
});

test('a component is taken as it is, whatever WIT stands beside it', async () => {
	const { wat } = starters.find(({ id }) => id === 'text')!;
	const built = await author.build({ wit: '', wat });
	expect(built).toMatchObject({ ok: true });
	expect(await author.build({ wit: 'nothing', wat })).toEqual(built);
});

test('the starter of one has the same digest here as in a browser', async () => {
	const { wit, wat } = starters.find(({ id }) => id === 'module')!;
	expect(await author.build({ wit, wat })).toMatchObject({ ok: true, value: { sha256: digests.module } });
});
