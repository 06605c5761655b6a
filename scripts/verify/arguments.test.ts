import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseArguments } from './arguments.mjs';
import { launch } from './launch.mjs';
import { readScenario, scenarioFiles, supplyComponents, unusedNames } from './supply.mjs';

describe('the arguments of verify', () => {
	test('are files and options in any order', () => {
		const words = ['a.json', '--component', 'x=y=z.wasm', '--junit=out.xml', '--fetch', '--bail', 'b.json'];
		const parsed = parseArguments([...words, '--', '--odd-name']);
		expect(parsed).toEqual({
			ok: true,
			options: {
				files: ['a.json', 'b.json', '--odd-name'],
				components: new Map([['x', 'y=z.wasm']]),
				policies: new Map(),
				fetch: true,
				liveNetwork: false,
				bail: true,
				watch: false,
				json: false,
				annotations: false,
				junit: 'out.xml',
				wassette: null,
				libraries: null,
				timeoutMs: 300_000,
				help: false,
			},
		});
	});

	test.each([
		[[], 'Name at least one scenario file.'],
		[['a.json', '--nope'], 'There is no option --nope.'],
		[['a.json', '--component', 'x'], '--component needs ID=PATH'],
		[['a.json', '--policy', 'x='], '--policy needs ID=PATH'],
		[['a.json', '--watch=1'], 'There is no option --watch.'],
		[['a.json', '--watch', '--wassette', 'w'], '--watch checks in the page alone'],
		[['a.json', '--junit'], '--junit needs the path'],
		[['a.json', '--timeout', 'soon'], '--timeout needs seconds'],
		[['a.json', '--wassette'], '--wassette needs a path'],
		[['a.json', '--libraries', 'lib'], '--libraries is for the binary'],
	])('are refused: %j', (words, error) => {
		expect(parseArguments(words)).toMatchObject({ ok: false, error: expect.stringContaining(error) });
	});

	test('need no file where help is asked for', () => {
		expect(parseArguments(['--help']).ok).toBe(true);
	});
});

describe('the browser', () => {
	const launching = async (works: (options: { chromiumSandbox: boolean }) => boolean) => {
		const tried: boolean[] = [];
		const envs: Record<string, string>[] = [];
		const made = launch(async (options) => {
			tried.push(options.chromiumSandbox);
			envs.push(options.env);
			if (!works(options)) throw new Error('it does not start');
			return 'browser';
		}, '/usr/bin/browser');
		return { made: await made.catch((error: Error) => error.message), tried, envs };
	};

	test('starts in its own sandbox, and is told nothing of the environment that it does not need', async () => {
		process.env.TAPEDECK_TEST_TOKEN = 'secret';
		const { made, tried, envs } = await launching(() => true);
		delete process.env.TAPEDECK_TEST_TOKEN;
		expect(made).toEqual({ server: 'browser', warning: null });
		expect(tried).toEqual([true]);
		expect(JSON.stringify(envs)).not.toContain('secret');
	});

	test('starts without only where it has to, and says so', async () => {
		const { made, tried } = await launching(({ chromiumSandbox }) => !chromiumSandbox);
		expect(tried).toEqual([true, false]);
		expect(made).toMatchObject({ warning: expect.stringContaining('own sandbox could not be started') });
		expect((await launching(() => false)).made).toBe('it does not start');
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

	test.skipIf(process.platform === 'win32')('nothing but regular files of its folder is read', async () => {
		const inside = join(folder, 'inside');
		mkdirSync(inside);
		writeFileSync(join(folder, 'outside.wasm'), 'secret');
		symlinkSync(join(folder, 'outside.wasm'), join(inside, 'link.wasm'));
		symlinkSync('/dev/zero', join(inside, 'zero.wasm'));
		symlinkSync('/proc/self', join(inside, 'proc'));
		symlinkSync(folder, join(inside, 'up'));
		symlinkSync('..', join(folder, 'x'));
		execFileSync('mkfifo', [join(inside, 'pipe.wasm'), join(inside, 'pipe.tapedeck.json')]);
		writeFileSync(join(inside, 'own.wasm'), 'own');
		symlinkSync('own.wasm', join(inside, 'also-own.wasm'));
		truncateSync(join(inside, 'own.wasm'), 3);
		writeFileSync(join(inside, 'large.wasm'), '');
		truncateSync(join(inside, 'large.wasm'), 64 * 2 ** 20 + 1);
		const at = async (file: string, components = none.components) => {
			const got = await supplyComponents(scenario({ file }), join(inside, 'a.tapedeck.json'), {
				...none,
				components,
			});
			return got.ok ? Buffer.from(got.supplied.x!, 'base64').toString() : got.error;
		};
		for (const path of ['../outside.wasm', 'link.wasm', 'up/outside.wasm', 'zero.wasm', 'proc/self/environ'])
			expect(await at(path), path).toMatch(/lies outside the folder|is not there/);
		expect(await at('proc/environ')).toContain('lies outside the folder');
		expect(await at('/proc/self/environ')).toContain('not named by a path below');
		expect(await at('pipe.wasm')).toContain('is no regular file');
		expect(await at('.')).toMatch(/lies outside|is no regular file/);
		expect(await at('large.wasm')).toContain('larger than 64 MiB');
		expect(await at('own.wasm')).toBe('own');
		expect(await at('also-own.wasm')).toBe('own');
		for (const [path, words] of [
			['/dev/zero', 'is no regular file'],
			[join(inside, 'pipe.wasm'), 'is no regular file'],
		] as const)
			expect(await at('own.wasm', new Map([['x', path]]))).toContain(words);
		// A scenario is a file of strangers as well.
		symlinkSync('/etc/hostname', join(inside, 'b.tapedeck.json'));
		expect(readScenario(join(inside, 'b.tapedeck.json'))).toMatchObject({ ok: false });
		expect(readScenario(join(inside, 'pipe.tapedeck.json'))).toMatchObject({ ok: false });
		expect(readScenario(join(folder, 'a.tapedeck.json'))).toEqual({ ok: true, text: 'a.tapedeck.json' });
	});

	test('a name that no scenario has a component for is refused', () => {
		const file = join(folder, 'named.tapedeck.json');
		writeFileSync(file, scenario({ sample: 'files' }));
		const none = new Map<string, string>();
		const some = (id: string) => new Map([[id, 'a']]);
		expect(unusedNames([file], { components: none, policies: none })).toBe(null);
		expect(unusedNames([file], { components: some('x'), policies: some('x') })).toBe(null);
		expect(unusedNames([file], { components: none, policies: some('y') })).toContain(
			'No scenario has a component y, which --policy names',
		);
		expect(unusedNames([file], { components: some('z'), policies: none })).toContain('--component names');
		rmSync(file);
	});

	test('what is no scenario is left to the page', async () => {
		expect(await supplyComponents('{', 'a', none)).toEqual({ ok: true, supplied: {} });
	});
});
