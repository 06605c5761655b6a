import { expect, test } from 'vitest';
import { starters } from './starters';
import { createAuthor } from './build-tool';
import { builderHere } from './testing/builder-here';
import { checkHere } from './testing/check-here';

const author = createAuthor({
	mode: 'jspi',
	spawn: builderHere,
	load: () => Promise.reject(new Error('nothing is loaded here')),
	run: () => Promise.reject(new Error('nothing runs here')),
});
const checked = async (wit: string, script: string): Promise<readonly string[]> => {
	const described = await author.describe({ wit });
	if (!described.ok) throw new Error(described.error.message);
	return checkHere(described.value, script);
};

const wit = `package local:a@1.0.0;
interface store {
	resource shelf { constructor(size: u64); get: func(key: string) -> result<list<u8>, string>; open: static func() -> shelf; }
	record point { x: s32, y-axis: f64 }
	enum color { red, light-green }
	delete: func(where: point);
	paint: func(color: color) -> u32;
}
interface keeper { use store.{shelf}; first: func() -> shelf; }
interface api { /// Twice as much.
	double: func(value: u32) -> u32; }
world w {
	import store; import keeper; use store.{color}; import now: func() -> u64;
	export say-hello: func(name: string) -> string;
	export pick: func() -> result<tuple<color, list<u8>>, string>;
	export api;
}`;
const good = `import { paint, Shelf } from 'local:a/store@1.0.0';
import store from 'local:a/store@1.0.0';
import { first } from 'local:a/keeper@1.0.0';
const kept = [];
let last = null;
export function sayHello(name) {
	last = new Shelf(3n).get(name);
	kept.push(first().get('a').length, paint('red'), now());
	store.delete({ x: 1, yAxis: 2 });
	console.log(new TextDecoder().decode(last), new URL('https://a.test/').host);
	return fetch('https://a.test/').text();
}
export const pick = () => ['red', [1, 2]];
export const api = { double: (value) => value * 2 };`;

test.each(starters.flatMap(({ id, wit, js }) => (js === undefined ? [] : [[id, wit, js] as const])))(
	'nothing is said of the starter %s',
	async (_, wit, js) => {
		expect(await checked(wit, js)).toEqual([]);
	},
);

test('a script is held against what it imports and exports', async () => {
	expect(await checked(wit, good)).toEqual([]);
	const wrong = (from: string, to: string) => checked(wit, good.replace(from, to));
	expect(await wrong("paint('red')", "paint('rot')")).toEqual([
		expect.stringMatching(/^8: Argument of type '"rot"' is not assignable to parameter of type 'Color'/),
	]);
	expect(await wrong("paint('red')", 'paint()')).toEqual(['8: Expected 1 arguments, but got 0.']);
	expect(await wrong("first().get('a')", "first().got('a')")).toEqual([
		"8: Property 'got' does not exist on type 'Shelf'.",
	]);
	expect((await wrong('local:a/keeper@1.0.0', 'local:a/other@1.0.0'))[0]).toContain(
		"3: Cannot find module 'local:a/other@1.0.0'",
	);
	expect((await wrong('console.log', 'document.write'))[0]).toContain("10: Cannot find name 'document'");
	expect(await wrong('export const pick', 'export const pik')).toEqual([
		'1: The world exports pick, and the script has no export pick.',
	]);
	expect(await wrong('value * 2', '`${value}`')).toEqual([
		expect.stringMatching(
			/^14: The world exports local:a\/api@1\.0\.0: .*'string' is not assignable to type 'number'/s,
		),
	]);
	expect(await checked(wit, '')).toHaveLength(3);
});

test('a script with types is TypeScript', async () => {
	const typed = good.replace('sayHello(name)', 'sayHello(name: string): string');
	expect(await checked(wit, typed)).toEqual([]);
	expect(await checked(wit, typed.replace('name: string', 'name: number'))).toEqual([
		expect.stringContaining("'number' is not assignable to parameter of type 'string'"),
		expect.stringMatching(/^6: The world exports say-hello: /),
	]);
	expect(await checked(wit, typed.replace('name: string', 'name: string, other: string'))).toEqual([
		expect.stringMatching(/^6: The world exports say-hello: .*Target signature provides too few arguments/s),
	]);
});

test('what can wait gives promises, and may be given one', async () => {
	const later = 'package a:b; world w { export get: async func() -> string; }';
	const script = "export const get = async () => (await fetch('https://a.test/')).text();";
	expect(await checked(later, script)).toEqual([]);
	expect(await checked(later.replace('async ', ''), script)).toEqual([
		expect.stringMatching(/^1: The world exports get: .*Promise<string>/s),
	]);
});
