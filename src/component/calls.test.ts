import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { argumentsFromJson } from '../core/wit/from-json';
import { exportKeys } from '../core/wit/names';
import { returnedToJson, thrownToJson, type ResultJson } from '../core/wit/to-json';
import type { Json, Tool } from '../core/wit/types';
import { binaryOfWat, componentOfWit, nodeTools } from './fixtures';
import { transpile, type TranspiledComponent } from './transpile';

type Exports = Record<string, unknown>;

let component: TranspiledComponent;
let exports: Exports;

// The component is our own, so its generated code may run here; a stranger's runs in a sandbox only.
async function instantiated(
	bytes: Uint8Array,
	tools: typeof nodeTools = nodeTools,
): Promise<readonly [TranspiledComponent, Exports]> {
	const result = await transpile(bytes, { mode: 'sync', tools });
	if (!result.ok) throw new Error(result.error);
	const { source, modules } = result.value.program;
	const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
	const { instantiate } = (await import(/* @vite-ignore */ url)) as {
		instantiate: (...args: unknown[]) => Promise<Exports>;
	};
	const compiled = new Map(
		modules.map(([name, module]) => [name, WebAssembly.compile(new Uint8Array(module))]),
	);
	return [result.value, await instantiate((name: string) => compiled.get(name), {})];
}

/** The exports of the same component whose code has its calls of a logger in it: under another name it is not known for one. */
let logging: Exports;

async function loggingTools(): ReturnType<typeof nodeTools> {
	const { generate, ...rest } = await nodeTools();
	return {
		...rest,
		generate(...args) {
			const { files, ...more } = generate(...args);
			const renamed = files.map(([name, bytes]): [string, Uint8Array] => {
				if (!name.endsWith('.js')) return [name, bytes];
				const text = new TextDecoder().decode(bytes);
				return [name, new TextEncoder().encode(text.replaceAll('_debugLog', '_tellLog'))];
			});
			return { ...more, files: renamed };
		},
	};
}

beforeAll(async () => {
	const bytes = new Uint8Array(
		readFileSync(new URL('../../e2e/components/types/types.wasm', import.meta.url)),
	);
	let whole: TranspiledComponent;
	[component, exports] = await instantiated(bytes);
	[whole, logging] = await instantiated(bytes, loggingTools);
	const called = `Log('[clearCurrentTask()] args'`;
	expect(component.program.source).not.toContain(called);
	expect(whole.program.source).toContain(called);
});

function toolNamed(name: string): Tool {
	const tool = component.tools.find((each) => each.name === name);
	if (!tool) throw new Error(`no tool ${name}`);
	return tool;
}

/** What a tool answers, with the calls of the logger in its code and without: the same. */
function call(name: string, args: { readonly [key: string]: Json }): ResultJson {
	const answer = callOn(exports, name, args);
	expect(callOn(logging, name, args)).toEqual(answer);
	return answer;
}

function callOn(made: Exports, name: string, args: { readonly [key: string]: Json }): ResultJson {
	const { function: fn } = toolNamed(name);
	const values = argumentsFromJson(fn, args);
	if (!values.ok) throw new Error(values.error);
	const [owner, key] = exportKeys(fn);
	const target = (owner === null ? made : made[owner]) as Record<
		string,
		(...args: readonly unknown[]) => unknown
	>;
	try {
		return returnedToJson(fn, target[key]?.(...values.value.values));
	} catch (error) {
		const thrown = thrownToJson(fn, error);
		if (!thrown) throw error;
		return thrown;
	}
}

describe('a call of generated code returns what it was given', () => {
	const segment = {
		'start-point': { x: 1, y: -2 },
		'end-point': { x: 2147483647, y: -2147483648 },
		label: null,
		tags: ['a', 'é😀'],
	};
	test.each<[string, Json]>([
		['echo-bool', true],
		['echo-u8', 255],
		['echo-u16', 65535],
		['echo-u32', 4294967295],
		['echo-u64', 18446744073709551615n],
		['echo-s8', -128],
		['echo-s16', -32768],
		['echo-s32', -2147483648],
		['echo-s64', -9223372036854775808n],
		['echo-f32', 1.5],
		['echo-f64', 'NaN'],
		['echo-f64', '-inf'],
		['echo-char', '😀'],
		['echo-string', 'naïve \u0000 text'],
		['echo-bytes', [0, 127, 255]],
		['echo-strings', []],
		['echo-strings', ['a', '']],
		['echo-matrix', [[1, -1], []]],
		['echo-points', [{ x: 0, y: 1 }]],
		['echo-segment', segment],
		['echo-segment', { ...segment, label: 'l' }],
		['echo-option', null],
		['echo-option', 'x'],
		['echo-option-option', 3],
		['echo-option-option', null],
		['echo-tuple', [1, 'b', false]],
		['echo-shape', { tag: 'nothing' }],
		['echo-shape', { tag: 'segment', val: segment }],
		['echo-shape', { tag: 'polygon', val: [{ x: 1, y: 2 }] }],
		['echo-size', 'very-large'],
		['echo-features', ['a', 'c-d']],
		['echo-shapes', [{ tag: 'circle', val: 0.5 }, { tag: 'nothing' }]],
		['tapedeck_types_choices_echo-colour', 'dark-blue'],
		['tapedeck_types_choices_echo-access', ['read', 'append-only']],
	])('%s of %o', (name, value) => {
		expect(call(name, { value })).toEqual({ json: value, isErr: false });
	});

	test('a result inside a tuple', () => {
		expect(call('echo-result', { value: { err: 'no' } })).toEqual({ json: [{ err: 'no' }], isErr: false });
	});
});

describe('a result of generated code', () => {
	test.each<[string, { readonly [key: string]: Json }, ResultJson]>([
		['make-result', { text: 't', ok: true }, { json: { ok: 't' }, isErr: false }],
		['make-result', { text: 't', ok: false }, { json: { err: 't' }, isErr: true }],
		['make-result-without-ok', { ok: true }, { json: { ok: null }, isErr: false }],
		['make-result-without-err', { ok: false }, { json: { err: null }, isErr: true }],
		['make-empty-result', { ok: true }, { json: { ok: null }, isErr: false }],
		['make-empty-result', { ok: false }, { json: { err: null }, isErr: true }],
	])('of %s with %o is read', (name, args, expected) => {
		expect(call(name, args)).toEqual(expected);
	});

	test('may have an err of any type', () => {
		const { json, isErr } = call('make-shape-result', { ok: false });
		expect(isErr).toBe(true);
		expect(json).toMatchObject({ err: { tag: expect.any(String) as string } });
	});

	test('may be nothing', () => {
		expect(call('nothing', {})).toEqual({ json: null, isErr: false });
	});
});

test('functions are called whose names have capital letters, or break code that has them', async () => {
	const names = ['get-URL', 'ABC', 'then', 'instantiate', 'arguments', 'exports0'];
	const functions = names.map(
		(name, at) => `(func (export "${name}") (result u32) (canon lift (core func $i "f${at}")))`,
	);
	const module = names.map((_, at) => `(func (export "f${at}") (result i32) i32.const ${at})`);
	const [{ tools }, made] = await instantiated(
		await binaryOfWat(
			`(component (core module $m ${module.join(' ')}) (core instance $i (instantiate $m)) ${functions.join(' ')})`,
		),
	);
	const answers = names.map((name) => {
		const tool = tools.find(({ function: fn }) => fn.name === name);
		return tool && (made[exportKeys(tool.function)[1]] as () => number)();
	});
	expect(answers).toEqual(names.map((_, at) => at));
	expect(tools.map(({ name }) => name)).toEqual(names.map((name) => name.toLowerCase()));
});

test('every number but zero is true, alone and in memory', async () => {
	const [, made] = await instantiated(
		await binaryOfWat(`(component
			(core module $m (memory (export "memory") 1) (data (i32.const 8) "\\10\\00\\00\\00\\04\\00\\00\\00\\00\\01\\07\\ff")
				(func (export "none") (result i32) i32.const 0)
				(func (export "seven") (result i32) i32.const 7)
				(func (export "some") (result i32) i32.const 8))
			(core instance $i (instantiate $m)) (alias core export $i "memory" (core memory $memory))
			(func (export "none") (result bool) (canon lift (core func $i "none")))
			(func (export "seven") (result bool) (canon lift (core func $i "seven")))
			(func (export "some") (result (list bool)) (canon lift (core func $i "some") (memory $memory))))`),
	);
	const answers = ['none', 'seven', 'some'].map((name) => (made[name] as () => unknown)());
	expect(answers).toEqual([false, true, [false, true, true, true]]);
});

test('the code for booleans is what is changed so that every number but zero is true', async () => {
	const wit =
		'package a:b; world root-world { export f: async func() -> stream<bool>; export g: func() -> bool; }';
	const made = await transpile(await componentOfWit(wit), { mode: 'jspi', tools: nodeTools });
	if (!made.ok) throw new Error(made.error);
	const { source } = made.value.program;
	expect(source).not.toContain('invalid variant discriminant for bool');
	expect(source).toMatch(/function throwInvalidBool\(\) \{\s*return true;/);
	expect(source).toMatch(/function _liftFlatBool[\s\S]*params\[0\] !== 0;[\s\S]*true\) !== 0;/);
});
