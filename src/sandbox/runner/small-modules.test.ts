import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { binaryOfWat } from '../../component/fixtures';
import { allowSmallModules } from './small-modules';

const { Module, Instance } = WebAssembly;
const joiner = await binaryOfWat(
	'(module (import "" "f" (func (param i32) (result i32))) (func (export "g") (param i32) (result i32) local.get 0 call 0))',
);

beforeAll(() => allowSmallModules());
afterEach(() => {
	// Each test looks at what the realm was given, not at what a test before left.
	expect(WebAssembly.Module).not.toBe(Module);
});

describe('a realm whose modules are small', () => {
	test('makes one of functions alone, and its instance', () => {
		const module = new WebAssembly.Module(joiner as Uint8Array<ArrayBuffer>);
		const { exports } = new WebAssembly.Instance(module, { '': { f: (value: number) => value + 1 } });
		expect((exports as { g(value: number): number }).g(41)).toBe(42);
	});

	test.each([
		['a memory', '(module (memory 1))'],
		['a table', '(module (table 1 funcref))'],
		['a global', '(module (global i32 (i32.const 1)))'],
		['a memory that it imports', '(module (import "" "m" (memory 1)))'],
		['a table that it imports', '(module (import "" "t" (table 1 funcref)))'],
		['a start', '(module (func) (start 0))'],
		['data', '(module (memory 1) (data (i32.const 0) "x"))'],
	])('makes none with %s', async (_, wat) => {
		const bytes = await binaryOfWat(wat);
		expect(() => new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)).toThrow(WebAssembly.CompileError);
	});

	test('makes none that is large, damaged, or no bytes of its own', async () => {
		const large = await binaryOfWat(`(module (func ${'nop '.repeat(300)}))`);
		const make = (source: unknown) => () => new WebAssembly.Module(source as Uint8Array<ArrayBuffer>);
		expect(make(large)).toThrow('only small modules');
		expect(make(joiner.subarray(0, joiner.length - 3))).toThrow(WebAssembly.CompileError);
		expect(make(joiner.buffer)).toThrow(WebAssembly.CompileError);
		expect(make(undefined)).toThrow(WebAssembly.CompileError);
	});

	test('makes instances of no module but its own', () => {
		const others = new Module(joiner as Uint8Array<ArrayBuffer>);
		expect(() => new WebAssembly.Instance(others, { '': { f: () => 1 } })).toThrow(WebAssembly.LinkError);
		expect(() => new WebAssembly.Instance({})).toThrow(WebAssembly.LinkError);
	});

	test('has them as classes that are called with new, and gives objects of the engine', () => {
		const module = new WebAssembly.Module(joiner as Uint8Array<ArrayBuffer>);
		expect(module).toBeInstanceOf(Module);
		const instance = new WebAssembly.Instance(module, { '': { f: () => 1 } });
		expect(instance).toBeInstanceOf(Instance);
		expect(() => (WebAssembly.Module as unknown as (source: unknown) => unknown)(joiner)).toThrow(TypeError);
	});
});
