import { expect, test } from 'vitest';
import { unlinkedIn, unlinkedText } from './unlinked';

const component = (names: readonly string[], source: object = { file: 'a.wasm' }) => ({
	program: {
		source: '',
		modules: [],
		mode: 'sync' as const,
		imports: names.map((name) => name.replace(/@0\.3\.\d+$/, '@0.3').replace(/@0\.2.*$/, '')),
	},
	wit: `world root {\n${names.map((name) => `  import ${name};\n`).join('')}}\n`,
	source: source as { file: string },
});

test.each([
	[
		'wasi:config/store@0.2.0-rc.1',
		{ '0.2.0': false, '0.4.0': false, '0.5.0': false, '0.8.0': true, '0.8.1': true },
	],
	[
		'wasi:config/runtime@0.2.0-draft',
		{ '0.2.0': true, '0.4.0': true, '0.5.0': true, '0.8.0': false, '0.8.1': false },
	],
	['wasi:logging/logging', { '0.4.0': false, '0.8.0': false }],
	['wasi:logging/logging@0.1.0-draft', { '0.4.0': false, '0.8.0': false }],
	['wasi:cli/environment@0.3.0', { '0.4.0': false, '0.8.0': false }],
	['wasi:cli/environment@0.2.6', { '0.2.0': true, '0.4.0': true, '0.8.0': true }],
])('%s is what a release provides or not', (name, provided) => {
	for (const [engine, has] of Object.entries(provided))
		expect([engine, unlinkedIn(component(['wasi:io/streams@0.2.0', name]), engine)]).toEqual([
			engine,
			has ? [] : [name],
		]);
	expect(unlinkedIn(component([name]), 'documented')).toEqual([]);
	expect(unlinkedIn(component([name], { sample: 'a' }), '0.4.0')).toEqual([]);
});

test('a release does not know the tools of what it did not load', () => {
	expect(unlinkedText(['wasi:logging/logging'], 'greet')).toBe(
		"Failed to find component for tool 'greet': Tool not found",
	);
	expect(unlinkedText(['wasi:cli/run@0.3.0'], 'greet')).toContain('not found in the linker');
});
