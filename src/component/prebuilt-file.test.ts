import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { binaryOfWat, nodeTools } from './fixtures';
import { readPrebuilt, writePrebuilt, type PrebuiltFile } from './prebuilt-file';
import { prebuiltMode, prebuiltPath } from './prebuilt-path';
import type { Program } from './program';
import { transpile, type TranspiledComponent } from './transpile';

const transpiler = 'worker-abc.js';

async function prebuilt(bytes: Uint8Array, mode: Program['mode'] = 'jspi') {
	const made = await transpile(bytes, { mode, tools: nodeTools });
	if (!made.ok) throw new Error(made.error);
	const key = { transpiler, sha256: createHash('sha256').update(bytes).digest('hex'), mode };
	const text = JSON.stringify(writePrebuilt(made.value, bytes, key));
	return { made: made.value, key, text, file: JSON.parse(text) as PrebuiltFile };
}

const sample = (name: string) =>
	new Uint8Array(readFileSync(new URL(`../../static-components/${name}/${name}.wasm`, import.meta.url)));

/** Large arrays of bytes are slow to compare one by one. */
const withDigests = (made: TranspiledComponent | null) => ({
	...made,
	modules: made?.program.modules.map(([name, bytes]) => [
		name,
		createHash('sha256').update(bytes).digest('hex'),
	]),
	program: { ...made?.program, modules: null },
});

describe('a prebuilt file', () => {
	test.each([
		['files', 'jspi'],
		['files', 'sync'],
		['time', 'jspi'],
		['notes', 'jspi'],
		['cpu-hog', 'sync'],
		// Modules in nested components, and some that only the transpiler has.
		['eval', 'jspi'],
	] as const)('of the sample %s for %s holds what the transpiler made', async (name, mode) => {
		const bytes = sample(name);
		const { made, key, file } = await prebuilt(bytes, mode);
		expect(withDigests(readPrebuilt(file, bytes, key))).toEqual(withDigests(made));
	});

	test('holds nothing twice that the component has', async () => {
		const { made, text } = await prebuilt(sample('files'));
		const { program, ...rest } = made;
		expect(text.length).toBeLessThan(JSON.stringify([program.source, rest]).length + 2_000);
	});

	test('looks like this, under this version', async () => {
		const bytes = await binaryOfWat(`(component (core module $m (memory 1) (func (export "f")))
			(core instance $i (instantiate $m)) (func (export "run") (canon lift (core func $i "f"))))`);
		const { file } = await prebuilt(bytes, 'sync');
		const { program, tools, ...rest } = file.made;
		// Where this changes, so does the version: a file of an older page may be found under the same name.
		expect({ ...file, made: rest, modules: program.modules, tools: tools.length }).toMatchInlineSnapshot(`
			{
			  "made": {
			    "missing": [],
			    "notes": [],
			    "size": 131,
			    "standIns": [],
			    "wit": "package root:component;

			world root {
			  export run: func();
			}
			",
			  },
			  "modules": [
			    [
			      "component.core.wasm",
			      [
			        [
			          10,
			          19,
			        ],
			        "BgEBAYCA",
			        [
			          32,
			          14,
			        ],
			      ],
			    ],
			  ],
			  "sha256": "a4e4ad54a389962569546162b21c5cda15d99244646ce4998e5732e233c67e8a",
			  "tools": 1,
			  "transpiler": "worker-abc.js",
			  "version": 1,
			}
		`);
	});
});

describe('a prebuilt file is not read', async () => {
	const bytes = sample('time');
	const { key, file } = await prebuilt(bytes);
	const withModules = (modules: unknown) => ({
		...file,
		made: { ...file.made, program: { ...file.made.program, modules } },
	});

	test.each([
		['what is no such file', '<!doctype html>'],
		['nothing', null],
		['one of another version', { ...file, version: 0 }],
		['one of another transpiler', { ...file, transpiler: 'worker-xyz.js' }],
		['one of another component', { ...file, sha256: '0'.repeat(64) }],
		['one without a program', { ...file, made: { ...file.made, program: null } }],
		[
			'one for another mode',
			{ ...file, made: { ...file.made, program: { ...file.made.program, mode: 'sync' } } },
		],
		['one without types', { ...file, made: { ...file.made, wit: undefined } }],
		['one of a component of another size', { ...file, made: { ...file.made, size: 1 } }],
		['a stretch past the end', withModules([['a', [[bytes.length - 1, 2]]]])],
		['a stretch before the start', withModules([['a', [[-1, 2]]]])],
		['bytes that are no base64', withModules([['a', ['=a']]])],
		['a module without pieces', withModules([['a']])],
		['a module without a name', withModules([[1, []]])],
	])('where it is %s', (_, value) => {
		expect(readPrebuilt(value, bytes, key)).toBeNull();
	});

	test('but the right one is', () => {
		expect(readPrebuilt(file, bytes, key)).not.toBeNull();
	});
});

test('the name of a prebuilt file says the transpiler, the component and the mode', () => {
	const key = { transpiler, sha256: 'f'.repeat(64), mode: 'sync' } as const;
	const path = prebuiltPath(key);
	expect(path).toBe(`assets/prebuilt1-sync-${'f'.repeat(64)}-worker-abc.json`);
	expect(prebuiltMode(path)).toBe('sync');
	expect(prebuiltMode(prebuiltPath({ ...key, mode: 'jspi' }))).toBe('jspi');
	expect(prebuiltMode('assets/worker-abc.js')).toBeNull();
});
