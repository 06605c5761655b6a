import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkModule, limitModule, sizesOf } from './core-module';
import { binaryOfWat } from './fixtures';
import { limitProgram } from './limit-program';
import type { Program } from './program';
import { runs } from '../core/testing/runs';

const limits = { memoryPages: 4, tableElements: 10 };

async function grownPages(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
	const { instance } = await WebAssembly.instantiate(bytes);
	const memory = instance.exports.memory as WebAssembly.Memory;
	for (;;) {
		try {
			memory.grow(1);
		} catch {
			return memory.buffer.byteLength / 65_536;
		}
	}
}

describe('limitModule', () => {
	test.each([
		['without a maximum', '(module (memory (export "memory") 1))', 4],
		['with a larger maximum', '(module (memory (export "memory") 1 100))', 4],
		['with a smaller maximum', '(module (memory (export "memory") 1 2))', 2],
	])('bounds a memory %s', async (_, wat, pages) => {
		const limited = limitModule(await binaryOfWat(wat), limits);
		if (!limited.ok) throw new Error(limited.error);
		expect(await grownPages(limited.value)).toBe(pages);
	});

	test('bounds a table', async () => {
		const limited = limitModule(await binaryOfWat('(module (table (export "t") 2 funcref))'), limits);
		if (!limited.ok) throw new Error(limited.error);
		const { instance } = await WebAssembly.instantiate(limited.value);
		const table = instance.exports.t as WebAssembly.Table;
		expect(table.grow(8)).toBe(2);
		expect(() => table.grow(1)).toThrow(RangeError);
	});

	test('keeps everything else as it is', async () => {
		const bytes = await binaryOfWat('(module (func (export "f") (result i32) i32.const 7))');
		expect(limitModule(bytes, limits)).toEqual({ ok: true, value: bytes });
	});

	test.each([
		['(module (memory 5))', '0.31 MiB'],
		['(module (table 11 funcref))', '11 elements'],
	])('refuses %s, whose minimum is too large', async (wat, message) => {
		const limited = limitModule(await binaryOfWat(wat), limits);
		expect(!limited.ok && limited.error).toContain(message);
	});

	test('never throws on changed bytes', async () => {
		const bytes = await binaryOfWat(
			'(module (memory (export "memory") 1 9) (table 1 funcref) (func (param i32)))',
		);
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
				const changed = new Uint8Array(bytes);
				changed[at] = byte;
				limitModule(changed, limits);
				checkModule(changed);
				sizesOf(changed);
			}),
			{ numRuns: runs(1000) },
		);
	});
});

describe('checkModule', () => {
	test.each([
		['(module (memory 1 1 shared))', 'shared memory'],
		['(module (memory i64 1))', '64-bit memory'],
		['(module (table i64 1 funcref))', '64-bit table'],
		['(module (import "a" "m" (memory i64 1)))', '64-bit memory'],
		['(module (type (array i8)))', 'garbage collection'],
		['(module (type (struct)))', 'garbage collection'],
		['(module (rec (type (func)) (type (struct))))', 'garbage collection'],
		['(module (type $f (func)) (func (param (ref $f))))', 'typed references'],
		['(module (tag))', 'tags'],
		['(module (import "a" "t" (tag)))', 'tags'],
		['(module (func (export "a\\22b")))', 'generated code'],
		['(module (func (export "a`")))', 'generated code'],
		['(module (import "a\\5cb" "f" (func)))', 'generated code'],
		['(module (import "a" "f\\e2\\82\\ac" (func)))', 'generated code'],
	])('refuses %s', async (wat, message) => {
		const checked = checkModule(await binaryOfWat(wat));
		expect(!checked.ok && checked.error).toContain(message);
	});

	test('accepts what components are made of', async () => {
		const wat = `(module
			(import "wasi:io/poll@0.2.0" "[method]pollable.block" (func (param i32)))
			(import "env" "memory" (memory 1 10)) (import "" "$imports" (table 1 1 funcref)) (import "g" "g" (global i32))
			(func (export "cm32p2|a:b/c@0.1|x") (param i64 f32) (result f64 externref) unreachable)
			(global (mut i32) (i32.const 1)))`;
		expect(checkModule(await binaryOfWat(wat)).ok).toBe(true);
	});
});

describe('limitProgram', () => {
	test('makes the same bounds once, and other bounds anew', async () => {
		const made = await program('(module (memory (export "memory") 1))');
		const [first, again, larger] = [2 * page, 2 * page, 3 * page].map((bytes) => limitProgram(made, bytes));
		if (!first?.ok || !again?.ok || !larger?.ok) throw new Error('it fits');
		expect(again.value).toBe(first.value);
		expect(larger.value.modules).not.toEqual(first.value.modules);
	});

	const program = async (...wats: string[]): Promise<Program> => programWith('', ...wats);
	const programWith = async (source: string, ...wats: string[]): Promise<Program> => ({
		source,
		imports: [],
		mode: 'sync',
		modules: await Promise.all(
			wats.map(async (wat, index) => [`m${index}`, await binaryOfWat(wat)] as const),
		),
	});
	/** Generated code that makes so many instances of the first module. */
	const instances = (count: number) =>
		`const module0 = getCoreModule('m0');\n${'({ exports: e } = yield instantiateCore(yield module0));\n'.repeat(count)}`;
	const page = 65_536;

	test('gives one memory everything', async () => {
		const limited = limitProgram(
			await program('(module (memory (export "memory") 1))', '(module)'),
			10 * page,
		);
		if (!limited.ok) throw new Error(limited.error);
		expect(await grownPages(limited.value.modules[0]?.[1] as Uint8Array<ArrayBuffer>)).toBe(10);
	});

	test('bounds several memories together', async () => {
		const one = '(module (memory (export "memory") 1))';
		const limited = limitProgram(await program(one, '(module (memory (export "memory") 3))'), 10 * page);
		if (!limited.ok) throw new Error(limited.error);
		const grown = limited.value.modules.map(([, bytes]) => grownPages(bytes as Uint8Array<ArrayBuffer>));
		expect(await Promise.all(grown)).toEqual([4, 6]);
	});

	test('refuses a program that cannot start within the limit', async () => {
		const limited = limitProgram(await program('(module (memory 32))'), page);
		expect(limited).toEqual({
			ok: false,
			error: 'The component needs 2 MiB of memory to start, and the limit is 64 KiB.',
		});
	});

	test('bounds all instances of one module together', async () => {
		const made = await programWith(instances(4), '(module (memory (export "memory") 1))');
		const limited = limitProgram(made, 10 * page);
		if (!limited.ok) throw new Error(limited.error);
		expect(await grownPages(limited.value.modules[0]?.[1] as Uint8Array<ArrayBuffer>)).toBe(2);
		expect(limitProgram(made, 3 * page)).toMatchObject({
			ok: false,
			error: expect.stringContaining('256 KiB'),
		});
	});

	test('bounds the tables of all instances together', async () => {
		const table = (elements: number) => `(module (table (export "t") ${elements} funcref))`;
		expect(limitProgram(await programWith(instances(10), table(100_000)), page).ok).toBe(true);
		expect(limitProgram(await programWith(instances(11), table(100_000)), page)).toEqual({
			ok: false,
			error: 'The component needs tables of 1100000 elements together to start, and the limit is 1000000.',
		});
		const limited = limitProgram(await programWith(instances(100), table(1)), page);
		if (!limited.ok) throw new Error(limited.error);
		const module = limited.value.modules[0]?.[1] as Uint8Array<ArrayBuffer>;
		const { instance } = await WebAssembly.instantiate(module);
		const grown = instance.exports.t as WebAssembly.Table;
		grown.grow(9_999);
		expect(() => grown.grow(1)).toThrow(RangeError);
	});

	test('refuses instances that are too many, or cannot be counted', async () => {
		const refusal = async (source: string) => {
			const limited = limitProgram(await programWith(source, '(module)'), page);
			return limited.ok ? null : limited.error;
		};
		expect(await refusal(instances(512))).toBe(null);
		expect(await refusal(instances(513))).toContain('513 instances');
		expect(await refusal('instantiateCore(other)')).toContain('cannot be counted');
		expect(await refusal('instantiateCore(yield module3)')).toContain('cannot be counted');
	});

	test.each([
		['(module (memory 3))', 3],
		['(module (memory 3) (func (export "f")))', 3],
		[
			'(module (memory 4) (func $f) (table 1 funcref) (elem (i32.const 0) $f) (start $f) (data (i32.const 0) "x"))',
			4,
		],
	])('shows the memories of %s', async (wat, pages) => {
		const limited = limitProgram(await program(wat), 10 * page);
		if (!limited.ok) throw new Error(limited.error);
		const bytes = limited.value.modules[0]?.[1] as Uint8Array<ArrayBuffer>;
		const { instance } = await WebAssembly.instantiate(bytes);
		const shown = Object.values(instance.exports).filter((item) => item instanceof WebAssembly.Memory);
		expect(shown.reduce((sum, memory) => sum + memory.buffer.byteLength / page, 0)).toBe(pages);
	});
});
