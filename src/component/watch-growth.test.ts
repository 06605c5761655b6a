import { print } from '@bytecodealliance/jco-transpile/wasm-tools';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import index from '../../static-components/index.json';
import { binaryOfWat } from './fixtures';
import { growthMark } from './growth-mark';
import { componentSection, readSections } from './sections';
import { watchGrowth } from './watch-growth';

async function instance(wat: string): Promise<WebAssembly.Exports> {
	const bytes = watchGrowth(await binaryOfWat(wat));
	return (await WebAssembly.instantiate(bytes as Uint8Array<ArrayBuffer>)).instance.exports;
}

const markOf = (exports: WebAssembly.Exports) =>
	(exports[growthMark] as WebAssembly.Global | undefined)?.value;
const grow = (exports: WebAssembly.Exports, pages: number) =>
	(exports.grow as (pages: number) => number)(pages);

const grower = '(func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))';

describe('a watched module', () => {
	test('hears what it heard before, and marks a refusal for good', async () => {
		const exports = await instance(`(module (memory 1 4) ${grower})`);
		expect([grow(exports, 2), markOf(exports)]).toEqual([1, 0]);
		expect([grow(exports, 2), markOf(exports)]).toEqual([-1, 1]);
		expect([grow(exports, 1), markOf(exports)]).toEqual([3, 1]);
	});

	test('keeps its own globals, exports, tables and what it calls', async () => {
		const exports = await instance(`(module
			(memory 1 1)
			(table funcref (elem $one))
			(global $g (mut i32) (i32.const 7))
			(global (export "own") i32 (i32.const 9))
			(func $one (result i32) (i32.const 1))
			(func (export "grow") (param i32) (result i32)
				(global.set $g (i32.add (global.get $g) (call_indirect (result i32) (i32.const 0))))
				(block (br_table 0 0 (i32.const 0)))
				(drop (i64.const 0x4000))
				(drop (f64.const 2))
				(if (i32.const 1) (then nop) (else unreachable))
				(memory.copy (i32.const 0) (i32.const 1) (i32.const 1))
				(drop (i8x16.extract_lane_s 3 (v128.const i32x4 64 0 64 0)))
				(drop (memory.grow (local.get 0)))
				(global.get $g))
			(data (i32.const 0) "\\40\\00"))`);
		expect([grow(exports, 1), markOf(exports), (exports.own as WebAssembly.Global).value]).toEqual([8, 1, 9]);
	});

	test('is the same where nothing grows, or where it has an export of that name', async () => {
		for (const wat of [
			'(module (memory 1) (func (export "f") (result i32) (i32.const 0x4000)))',
			`(module (memory 1) ${grower} (global (export "${growthMark}") i32 (i32.const 5)))`,
		]) {
			const bytes = await binaryOfWat(wat);
			expect(watchGrowth(bytes)).toBe(bytes);
		}
	});

	test('is as it was where it is malformed', () => {
		const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 200);
		expect(watchGrowth(bytes)).toBe(bytes);
	});

	const samples = new URL('../../static-components/', import.meta.url);
	test.each(index.map(({ name }) => name))(
		'of the sample %s compiles, and is watched where it grows',
		async (name) => {
			const component = new Uint8Array(readFileSync(new URL(`${name}/${name}.wasm`, samples)));
			for (const module of modulesOf(component)) {
				const watched = watchGrowth(module);
				// Node does not know yet what some of them are made of; the browser does.
				if (WebAssembly.validate(module as Uint8Array<ArrayBuffer>))
					expect(WebAssembly.validate(watched as Uint8Array<ArrayBuffer>)).toBe(true);
				expect((await print(watched)).includes(growthMark)).toBe(watched !== module);
				expect(watched !== module).toBe((await print(module)).includes('memory.grow'));
			}
		},
	);
});

/** The core modules of a component, those of components inside it too. */
function modulesOf(component: Uint8Array): readonly Uint8Array[] {
	return readSections(component).flatMap(({ id, content }) =>
		id === componentSection.coreModule
			? [content]
			: id === componentSection.component
				? modulesOf(content)
				: [],
	);
}
