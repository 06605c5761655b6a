import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../core/concat-bytes';
import { lebBytes } from './binary';
import { binaryOfWat, componentOfWit, withCustomSection } from './fixtures';
import { inspect } from './inspect';
import { most } from '../core/limits';
import { readPackageDocs } from './package-docs';

const text = (content: string) => new TextEncoder().encode(content);
const component = await componentOfWit('package a:b; world root-world { export f: func(); }');

const coreModule = await binaryOfWat('(module)');
const witPackage = await binaryOfWat(`(component
	(type (component
		(type (instance (type (func)) (export "f" (func (type 0)))))
		(export "a:b/c" (instance (type 0)))))
	(export "c" (type 0)))`);

describe('inspect', () => {
	test.each<[string, Uint8Array, string, string]>([
		['no bytes', new Uint8Array(), 'empty', 'empty'],
		['a core module', coreModule, 'core module', 'wasm-tools component new'],
		['a WIT package', witPackage, 'wit package', 'without code'],
		[
			'a draft of components',
			Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0a, 0, 1, 0),
			'unknown version',
			'version 10',
		],
		['a later core version', Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0), 'unknown version', 'not known'],
		['the start of a header', Uint8Array.of(0, 0x61, 0x73), 'truncated', 'header'],
		['half a component', component.subarray(0, component.length / 2), 'truncated', 'cut off'],
		['a 404 page', text('\n<!DOCTYPE html><title>404</title>'), 'html', 'error page'],
		['WAT', text('(component)'), 'text', 'wasm-tools parse'],
		['a Git LFS pointer', text('version https://git-lfs.github.com/spec/v1'), 'text', 'git lfs pull'],
		['other text', text('hello'), 'text', 'text, not a component'],
		['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'archive', 'gzip'],
		['zip', Uint8Array.of(0x50, 0x4b, 3, 4), 'archive', 'zip'],
		['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0), 'unknown', 'not a WebAssembly file'],
		['too many bytes', new Uint8Array(most.componentFileBytes + 1), 'too large', '129 MiB'],
	])('says that it sees %s', (_, bytes, kind, message) => {
		const inspection = inspect(bytes);
		expect(inspection.kind).toBe(kind);
		expect(inspection.kind !== 'component' && inspection.message).toContain(message);
	});

	test('counts no custom section that nothing needs against the limit of a component', () => {
		const padded = (name: string) =>
			inspect(withCustomSection(component, name, new Uint8Array(most.componentBytes)));
		expect(padded('.debug_info').kind).toBe('component');
		const refused = padded('producers');
		expect(refused.kind).toBe('too large');
		expect('message' in refused && refused.message).toContain('65 MiB without names and debug information');
	});

	test('tells the facts of a component', () => {
		const inspection = inspect(withCustomSection(component, 'notes', new Uint8Array(1000)));
		if (inspection.kind !== 'component') throw new Error(inspection.message);
		const { size, sectionSizes, producers, packageDocs } = inspection.facts;
		expect(size).toBeGreaterThan(component.length + 1000);
		expect(sectionSizes.reduce((sum, [, bytes]) => sum + bytes, 8)).toBe(size);
		expect(sectionSizes.map(([name]) => name)).toContain('custom: notes');
		expect(producers.some((entry) => entry.includes('wit-component'))).toBe(true);
		expect(packageDocs).toBeNull();
	});

	test('counts core modules, also within nested components', async () => {
		const inner = '(component (core module) (core module))';
		const inspection = inspect(await binaryOfWat(`(component (core module) ${inner} (component ${inner}))`));
		expect(inspection.kind === 'component' && inspection.facts.coreModules).toBe(5);
	});

	test('reads the documentation that Wassette’s build adds', () => {
		const docs = { worlds: { w: { func_exports: { f: { docs: 'Does it.' } } } } };
		const section = concatBytes([Uint8Array.of(0), text(JSON.stringify(docs))]);
		const inspection = inspect(withCustomSection(component, 'package-docs', section));
		if (inspection.kind !== 'component') throw new Error(inspection.message);
		expect(inspection.facts.packageDocs?.functions.get('f')).toBe('Does it.');
	});

	test('does not throw on a malformed producers section', () => {
		const inspection = inspect(withCustomSection(component, 'producers', lebBytes(2 ** 31)));
		expect(inspection.kind).toBe('component');
	});

	test('never throws, whatever the bytes are', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => void inspect(bytes)));
		const sections = fc.uint8Array({ maxLength: 200 });
		const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
		fc.assert(fc.property(sections, (bytes) => void inspect(concatBytes([header, bytes]))));
	});

	test('never throws on a component with changed bytes', () => {
		const change = fc.tuple(fc.nat(component.length - 1), fc.nat(255));
		fc.assert(
			fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
				const bytes = new Uint8Array(component);
				for (const [at, byte] of changes) bytes[at] = byte;
				inspect(bytes);
			}),
		);
	});
});

describe('package docs', () => {
	const read = (json: unknown) =>
		readPackageDocs(concatBytes([Uint8Array.of(0), text(JSON.stringify(json))]));

	test('take a function’s first world, and interfaces apart', () => {
		const docs = read({
			worlds: {
				a: { func_exports: { f: { docs: 'one' } } },
				b: { func_exports: { f: { docs: 'two' }, g: {} } },
			},
			interfaces: { i: { funcs: { f: { docs: 'three' } } } },
		});
		expect([...(docs?.functions ?? [])]).toEqual([['f', 'one']]);
		expect([...(docs?.interfaceFunctions ?? [])]).toEqual([['i#f', 'three']]);
	});

	test.each([[null], [[]], ['x']])('that are %j are none', (json) => {
		expect(read(json)).toBeNull();
	});

	test.each([
		[{ worlds: [] }],
		[{ worlds: { a: null } }],
		[{ worlds: { a: { func_exports: { f: { docs: 1 } } } } }],
	])('of another shape hold nothing: %j', (json) => {
		expect(read(json)?.functions.size).toBe(0);
	});
});
