import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseArguments } from './arguments.mjs';
import { scenarioFiles, supplyComponents } from './supply.mjs';

describe('the arguments of verify', () => {
	test('are files and options in any order', () => {
		const words = ['a.json', '--component', 'x=y=z.wasm', '--junit=out.xml', '--fetch', '--bail', 'b.json'];
		const parsed = parseArguments([...words, '--', '--odd-name']);
		expect(parsed).toEqual({
			ok: true,
			options: {
				files: ['a.json', 'b.json', '--odd-name'],
				components: new Map([['x', 'y=z.wasm']]),
				fetch: true,
				liveNetwork: false,
				bail: true,
				junit: 'out.xml',
				help: false,
			},
		});
	});

	test.each([
		[[], 'Name at least one scenario file.'],
		[['a.json', '--nope'], 'There is no option --nope.'],
		[['a.json', '--component', 'x'], '--component needs ID=PATH'],
		[['a.json', '--junit'], '--junit needs the path'],
	])('are refused: %j', (words, error) => {
		expect(parseArguments(words)).toMatchObject({ ok: false, error: expect.stringContaining(error) });
	});

	test('need no file where help is asked for', () => {
		expect(parseArguments(['--help']).ok).toBe(true);
	});
});

describe('what verify takes from files', () => {
	let folder = '';
	const none = { components: new Map<string, string>(), fetch: false };
	const scenario = (source: object) => JSON.stringify({ version: 1, components: [{ id: 'x', source }] });
	const supply = (source: object, options: typeof none = none) =>
		supplyComponents(scenario(source), join(folder, 'a.tapedeck.json'), options);

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'tapedeck-'));
		for (const name of ['b.tapedeck.json', 'a.tapedeck.json', 'other.json', 'x.wasm'])
			writeFileSync(join(folder, name), name);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	test('a folder stands for the scenarios in it, by name', () => {
		const names = ['a.tapedeck.json', 'b.tapedeck.json'].map((name) => join(folder, name));
		expect(scenarioFiles([folder])).toEqual({ ok: true, files: names });
		expect(scenarioFiles([join(folder, 'missing')])).toMatchObject({ ok: false });
	});

	test('a component that is a file is found beside the scenario', async () => {
		const x = Buffer.from('x.wasm').toString('base64');
		expect(await supply({ file: 'x.wasm' })).toEqual({ ok: true, supplied: { x } });
	});

	test('one named on the command line takes the place of any source', async () => {
		const components = new Map([['x', join(folder, 'other.json')]]);
		const x = Buffer.from('other.json').toString('base64');
		expect(await supply({ url: 'https://a.example/x.wasm' }, { ...none, components })).toEqual({
			ok: true,
			supplied: { x },
		});
	});

	test.each([
		[{ file: 'y.wasm' }, '--component x=PATH'],
		[{ file: '/etc/hostname' }, '--component x=PATH'],
		[{ url: 'https://a.example/x.wasm' }, '--fetch'],
		[{ oci: 'oci://a.example/x' }, 'Pull it first'],
	])('%j is refused with what to do', async (source, words) => {
		expect(await supply(source)).toMatchObject({ ok: false, error: expect.stringContaining(words) });
	});

	test('what is no scenario is left to the page', async () => {
		expect(await supplyComponents('{', 'a', none)).toEqual({ ok: true, supplied: {} });
	});
});
