import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Scenario } from '../src/core/scenario';
import { component, openDeck } from './page';
import { test } from './test';

/*
 * What is written in the page, against what a compiler made: every shape of the component `types`, in JavaScript, is called as that is and
 * answers alike. Shapes that it has not give back what they were given.
 */

const wit = readFileSync(join(import.meta.dirname, 'components/types/wit/world.wit'), 'utf8');
const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const echoes = [...wit.matchAll(/export (echo-[\w-]+): func/g)].map(([, name]) => name!);

const js = `const same = (value) => value;
export const choices = { echoColour: same, echoAccess: same };
${echoes
	.filter((name) => name !== 'echo-result')
	.map((name) => `export const ${camel(name)} = same;`)
	.join('\n')}
export const echoResult = (value) => [value];
const made = (ok, value, error) => { if (!ok) throw error; return value; };
export const makeResult = (text, ok) => made(ok, text, text);
export const makeResultWithoutOk = (ok) => made(ok, undefined, 'no');
export const makeResultWithoutErr = (ok) => made(ok, 'yes');
export const makeEmptyResult = (ok) => made(ok);
export const makeShapeResult = (ok) => made(ok, { x: 1, y: 2 }, { tag: 'circle', val: 1.5 });
export const join = (first, second, third) => \`\${first} \${second} \${third === null ? 'None' : \`Some(\${third})\`}\`;
export function nothing() {}
export const answer = () => 42;
export function swallow() {}
`;

const segment = { 'start-point': { x: 1, y: 2 }, 'end-point': { x: -3, y: 4 }, label: null, tags: ['a', ''] };

/** Values of each shape: the ends of its range, and what is empty. */
const values: { readonly [name: string]: readonly unknown[] } = {
	'echo-bool': [true],
	'echo-u8': [255],
	'echo-u16': [65535],
	'echo-u32': [4294967295],
	'echo-u64': ['18446744073709551615'],
	'echo-s8': [-128],
	'echo-s16': [-32768],
	'echo-s32': [-2147483648],
	'echo-s64': ['-9223372036854775808'],
	'echo-f32': [0.1, 'NaN'],
	'echo-f64': [5e-324, '-inf'],
	'echo-char': ['🎞'],
	'echo-string': ['\u202eabc\0é🎞'],
	'echo-bytes': [[0, 255, 128]],
	'echo-strings': [['', 'b']],
	'echo-matrix': [[[], [1, -2], [2147483647]]],
	'echo-points': [[{ x: 1, y: -1 }]],
	'echo-segment': [segment],
	'echo-option': [null, ''],
	'echo-option-option': [null, 7],
	'echo-result': [{ ok: 4294967295 }, { err: '' }],
	'echo-tuple': [[4294967295, 'two', false]],
	'echo-shape': [{ tag: 'nothing' }, { tag: 'segment', val: segment }],
	'echo-shapes': [[{ tag: 'nothing' }, { tag: 'circle', val: -1.5 }, { tag: 'polygon', val: [] }]],
	'echo-size': ['very-large'],
	'echo-features': [['a', 'c-d']],
};

type Call = readonly [tool: string, given: { readonly [name: string]: unknown }];

const calls: readonly Call[] = [
	...echoes.flatMap((name) => (values[name] ?? []).map((value): Call => [name, { value }])),
	['tapedeck_types_choices_echo-colour', { value: 'dark-blue' }],
	['tapedeck_types_choices_echo-access', { value: ['append-only'] }],
	...[true, false].flatMap((ok): readonly Call[] => [
		['make-result', { text: 'x', ok }],
		...['result-without-ok', 'result-without-err', 'empty-result', 'shape-result'].map((name): Call => [
			`make-${name}`,
			{ ok },
		]),
		['join', { first: 'a', 'second-value': 7, third: ok ? true : null }],
	]),
	['nothing', {}],
	['answer', {}],
	['swallow', { value: 'x' }],
];

/** What a component answers to calls, one after the other. */
const answers = (page: Page, source: Scenario['components'][number]['source'], made: readonly Call[]) =>
	page.evaluate(
		async ([source, made]) => {
			await window.tapedeck.open({
				version: 1,
				engine: 'documented',
				components: [{ id: 'types', source, policy: null }],
			});
			const given: string[] = [];
			for (const [tool, args] of made)
				given.push(JSON.stringify(await window.tapedeck.callTool(tool, { ...args })));
			return given;
		},
		[source, made] as const,
	);

const inWords = (made: readonly Call[], given: readonly string[]) =>
	made.map(([tool, args], at) => `${tool} ${JSON.stringify(args)} ${given[at]}`);

test(
	'every shape that the component `types` has comes back from JavaScript as it does from that',
	{ tag: '@long' },
	async ({ page }) => {
		test.setTimeout(120_000);
		expect(Object.keys(values).sort()).toEqual(echoes.toSorted());
		await openDeck(page);
		const compiled = await answers(page, { bytes: component('types').toString('base64url') }, calls);
		const written = await answers(page, { author: { wit, js } }, calls);
		expect(inWords(calls, written)).toEqual(inWords(calls, compiled));
	},
);

const more = `package local:tool;
interface counters {
	resource counter { constructor(start: u32); add: func(by: u32) -> u32; twice: static func(start: u32) -> counter; }
	count: func() -> list<u32>;
}
world shapes {
	record row { a-b: u64, m: map<u32, list<option<s64>>> }
	record point { x: f32 }
	flags many { ${Array.from({ length: 32 }, (_, at) => `flag${at}`).join(', ')} }
	export counters;
	export table: func(value: list<row>) -> list<row>;
	export keyed: func(value: map<string, point>, other: map<string, map<u8, u8>>) -> map<string, point>;
	export flagged: func(value: many) -> many;
	export three: func(value: option<option<option<u8>>>) -> option<option<option<u8>>>;
	export inner: func(value: list<result<u8, result>>) -> list<result<u8, result>>;
	export one: func(value: tuple<char>) -> tuple<char>;
	export wide: func(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: u8, q: u8) -> u32;
	export later: async func(value: u64) -> result<u64, string>;
	export bytes: async func(value: stream<u8>) -> stream<u8>;
	export texts: async func(value: stream<string>) -> stream<string>;
	export once: async func(value: future<string>) -> future<string>;
}`;

const moreJs = `const same = (value) => value;
class Counter {
	constructor(start) { this.value = start; }
	add(by) { return (this.value += by); }
	static twice(start) { return new Counter(2 * start); }
}
export const counters = { Counter, count: () => [new Counter(1).add(2), Counter.twice(4).add(0)] };
export const table = same, keyed = same, flagged = same, three = same, inner = same, one = same;
export const wide = (...given) => given.length;
export async function later(value) { await null; if (value > 5n) throw 'too much'; return value; }
export const bytes = async (value) => value, once = async (value) => value;
export const texts = async (value) =>
	(async function* () { for await (const each of value) yield each.toUpperCase(); })();
`;

const row = { 'a-b': 1, m: [{ key: 4294967295, value: [null, -5] }] };
const keyed = [{ key: 'k', value: { x: 0.5 } }];
const wide = Object.fromEntries([...'abcdefghijklmnopq'].map((name) => [name, 1]));

const shown: readonly (readonly [...Call, result: unknown])[] = [
	['table', { value: [row] }, [row]],
	['keyed', { value: keyed, other: [{ key: 'o', value: [{ key: 1, value: 2 }] }] }, keyed],
	['flagged', { value: ['flag0', 'flag31'] }, ['flag0', 'flag31']],
	['three', { value: 5 }, 5],
	['three', { value: null }, null],
	['inner', { value: [{ ok: 1 }, { err: { ok: null } }] }, [{ ok: 1 }, { err: { ok: null } }]],
	['one', { value: ['🎞'] }, ['🎞']],
	['wide', wide, 17],
	['later', { value: 5 }, { ok: 5 }],
	['later', { value: 9 }, { err: 'too much' }],
	['bytes', { value: [104, 105] }, 'hi'],
	['texts', { value: ['a', 'b'] }, ['A', 'B']],
	['once', { value: 'x' }, 'x'],
	['local_tool_counters_count', {}, [3, 8]],
];

test(
	'shapes beyond those come back too, under the engine that can wait',
	{ tag: '@long' },
	async ({ page }) => {
		await openDeck(page);
		const made = shown.map(([tool, args]): Call => [tool, args]);
		const given = await answers(page, { author: { wit: more, js: moreJs } }, made);
		const results = given.map(
			(text) =>
				(JSON.parse(text) as { structuredContent?: { result: unknown } }).structuredContent?.result ?? null,
		);
		expect(
			inWords(
				made,
				results.map((result) => JSON.stringify(result)),
			),
		).toEqual(
			inWords(
				made,
				shown.map(([, , result]) => JSON.stringify(result)),
			),
		);
	},
);
