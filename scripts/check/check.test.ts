import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as core from '../../src/command';
import { diff } from '../diff/diff.mjs';
import { annotation } from '../lib/annotations.mjs';
import { check } from './check.mjs';
import { parseArguments } from './arguments.mjs';
import { sarifReport } from './sarif.mjs';

let folder = '';
const inFolder = (name: string) => join(folder, name);
const policy = (...hosts: readonly string[]) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n${hosts.map((host) => `      - host: "${host}"\n`).join('')}`;

/** Runs a command, and gives its exit code with what it wrote. */
async function ran(command: typeof check | typeof diff, ...words: readonly string[]) {
	const out: string[] = [];
	const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
	const error = vi.spyOn(console, 'error').mockImplementation((text: string) => void out.push(text));
	try {
		return { code: await command(words, core), out: out.join('\n') };
	} finally {
		log.mockRestore();
		error.mockRestore();
	}
}

beforeAll(() => {
	vi.stubEnv('GITHUB_ACTIONS', '');
	folder = mkdtempSync(join(tmpdir(), 'tapedeck-'));
	const files = {
		'policy.yaml': policy('a.test'),
		'wide.policy.yaml': policy('a.test', '*.b.test'),
		'broken.policy.yaml': 'permissions: [',
		'requests.txt': '# what it needs\nGET https://a.test/\n\n{"kind":"environment","key":"KEY"}\n',
		'scenario.tapedeck.json': JSON.stringify({
			version: 1,
			engine: '0.8.0',
			components: [{ id: 'x', source: { sample: 'files' }, policy: null }],
			world: { files: { '/data': { directory: true } } },
			calls: [
				{
					tool: 't',
					arguments: {},
					expect: { activity: [{ capability: 'network', target: 'https://a.test/', outcome: 'allow' }] },
				},
			],
		}),
		'empty.tapedeck.json': JSON.stringify({ version: 1, components: [] }),
	};
	for (const [name, text] of Object.entries(files)) writeFileSync(inFolder(name), text);
	writeFileSync(inFolder('latin'), Buffer.from([0x61, 0xff]));
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true });
});

describe('check', () => {
	test('says what a policy grants, and ends with 0 where nothing is wrong', async () => {
		const { code, out } = await ran(check, inFolder('policy.yaml'));
		expect(code).toBe(0);
		expect(out).toContain(`✓ ${inFolder('policy.yaml')}: no problems (Wassette 0.8.1)`);
		expect(out).toContain('network: a.test (line 5)');
	});

	test('names problems with their lines, and ends with 1; with 0 where only errors count', async () => {
		const words = [folder, '--engine', '0.8.0,documented'];
		const { code, out } = await ran(check, inFolder('wide.policy.yaml'), '--engine', '0.8.0,documented');
		expect(code).toBe(1);
		expect(out).toMatch(/6:15 warning: Wildcards are compared .* \(host-wildcard; Wassette 0\.8\.0\)/);
		expect((await ran(check, inFolder('wide.policy.yaml'), '--fail-on', 'error')).code).toBe(0);
		// A folder stands for the policies in it, of which one does not parse.
		const whole = await ran(check, ...words, '--fail-on=error');
		expect(whole.code).toBe(1);
		expect(whole.out).toContain('3 files: ');
	});

	test('ends with 2 where a file cannot be read, or the words are wrong', async () => {
		for (const [words, error] of [
			[['missing.yaml'], 'There is no file missing.yaml.'],
			[[inFolder('latin')], 'is not valid UTF-8'],
			[[inFolder('policy.yaml'), '--engine', '9'], '--engine 9: there is no such engine.'],
			[[inFolder('policy.yaml'), '--scenario', inFolder('empty.tapedeck.json')], 'asks for nothing'],
			[[inFolder('policy.yaml'), '--requests', inFolder('latin')], 'is not valid UTF-8'],
			[[inFolder('policy.yaml'), '--component', 'x'], '--component names a component'],
			[[], 'Name at least one policy file.'],
			[['--nope'], "Unknown option '--nope'."],
			[['a', '--fail-on', 'info'], '--fail-on is warning or error.'],
		] as const) {
			const { code, out } = await ran(check, ...words);
			expect([words, code]).toEqual([words, 2]);
			expect(out).toContain(error);
		}
	});

	test.skipIf(process.platform === 'win32')(
		'reads no device, and follows no link out of a folder',
		async () => {
			symlinkSync('/etc/hostname', inFolder('link.policy.yaml'));
			const linked = await ran(check, inFolder('link.policy.yaml'));
			expect(linked.code).toBe(2);
			expect(linked.out).toContain('lies outside the folder');
			expect((await ran(diff, 'none', inFolder('link.policy.yaml'))).code).toBe(2);
			rmSync(inFolder('link.policy.yaml'));
			expect(await ran(check, '/dev/zero')).toMatchObject({
				code: 2,
				out: expect.stringContaining('is no regular file'),
			});
		},
	);

	test('tells rules that nothing asks for, of requests and of a scenario', async () => {
		const { code, out } = await ran(
			check,
			inFolder('policy.yaml'),
			'--requests',
			inFolder('requests.txt'),
			'--json',
		);
		expect(code).toBe(0);
		expect(JSON.parse(out).files[0]).toMatchObject({ ok: true, engines: ['0.8.1'], problems: [] });
		writeFileSync(inFolder('two.yaml'), policy('a.test', 'c.test'));
		const unused = await ran(check, inFolder('two.yaml'), '--scenario', inFolder('scenario.tapedeck.json'));
		expect(unused.code).toBe(1);
		expect(unused.out).toContain('(Wassette 0.8.0)');
		expect(unused.out).toContain('6:1 warning: This rule decides none of the requests of');
	});

	test('takes options in any order, and a name behind --', () => {
		expect(parseArguments(['a', '--json', '--engine', '0.8.0', '--engine=all', '--', '--odd'])).toMatchObject(
			{
				ok: true,
				options: { files: ['a', '--odd'], json: true, engine: ['0.8.0', 'all'] },
			},
		);
	});
});

describe('annotations', () => {
	test('are one line each, whatever a file is called and a policy holds', async () => {
		expect(
			annotation('error', { file: 'a,line=9::b\n%.yaml', line: 1, title: 'x:y' }, 'one\r\n::error::100%'),
		).toBe('::error file=a%2Cline=9%3A%3Ab%0A%25.yaml,line=1,title=x%3Ay::one%0D%0A::error::100%25');
		const odd = inFolder('odd,line=1::x\n::error::y.yaml');
		writeFileSync(odd, policy('*.b.test'));
		const { out } = await ran(check, odd, '--annotations');
		const commands = out.split('\n').filter((line) => line.trimStart().startsWith('::'));
		expect(commands).toHaveLength(1);
		expect(commands[0]).toMatch(
			/^::warning file=[^,:]*,line=5,endLine=5,col=15,endColumn=25,title=host-wildcard::/,
		);
		rmSync(odd);
	});

	test('leave stdout to JSON', async () => {
		const log = vi.spyOn(console, 'log').mockImplementation(() => {});
		const error = vi.spyOn(console, 'error').mockImplementation(() => {});
		await check([inFolder('wide.policy.yaml'), '--json', '--annotations'], core);
		expect(() => JSON.parse(String(log.mock.calls))).not.toThrow();
		expect(String(error.mock.calls)).toContain('::warning file=');
		log.mockRestore();
		error.mockRestore();
	});
});

/** What the report holds, as the schema of SARIF 2.1.0 has it (section 3 of the standard), and nothing beyond. */
const object = (properties: object, ...optional: readonly string[]) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const text = object({ text: { type: 'string', minLength: 1 } });
const array = (items: object) => ({ type: 'array', items });
const place = object({ uri: { type: 'string', format: 'uri-reference' } });
const least = (minimum: number) => ({ type: 'integer', minimum });
const region = object({
	...{ startLine: least(1), startColumn: least(1), endLine: least(1), endColumn: least(1) },
});
const replacement = object(
	{
		deletedRegion: object({ charOffset: least(0), charLength: least(0) }),
		insertedContent: object({ text: { type: 'string' } }),
	},
	'insertedContent',
);
const fix = object({
	description: text,
	artifactChanges: array(object({ artifactLocation: place, replacements: array(replacement) })),
});
const result = object(
	{
		ruleId: { type: 'string' },
		ruleIndex: least(0),
		level: { enum: ['error', 'warning'] },
		message: text,
		locations: array(object({ physicalLocation: object({ artifactLocation: place, region }, 'region') })),
		fixes: array(fix),
	},
	'fixes',
);
const driver = object({
	name: { const: 'Tapedeck' },
	semanticVersion: { type: 'string' },
	rules: array(object({ id: { type: 'string' }, name: { type: 'string' } })),
});
const schema = object({
	$schema: { type: 'string', format: 'uri' },
	version: { const: '2.1.0' },
	runs: array(
		object({
			tool: object({ driver }),
			columnKind: { const: 'utf16CodeUnits' },
			results: array(result),
		}),
	),
});

describe('SARIF', () => {
	test('fits the standard, with repairs', async () => {
		const path = inFolder('out.sarif');
		writeFileSync(inFolder('more.yaml'), `${policy('b.test:8080', 'a.test', 'a.test')}    unknown: 1\n`);
		await ran(
			check,
			inFolder('more.yaml'),
			inFolder('broken.policy.yaml'),
			inFolder('latin'),
			'--sarif',
			path,
		);
		const report = JSON.parse(readFileSync(path, 'utf8'));
		expect(new Validator(schema as never, '7').validate(report).errors).toEqual([]);
		const [{ results, tool }] = report.runs;
		expect(results.length).toBeGreaterThan(3);
		expect(results.some(({ fixes }: { fixes?: unknown }) => fixes)).toBe(true);
		for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
	});

	test('names files so that no name is taken for something else', () => {
		const report = sarifReport(
			['a b/c#d?.yaml', 'x:y.yaml', '/abs/p.yaml'].map((file) => ({ file, ok: false, error: 'x' })),
			'1.0.0',
		);
		expect(JSON.stringify(report).match(/"uri":"[^"]*"/g)).toEqual([
			'"uri":"a%20b/c%23d%3F.yaml"',
			'"uri":"x%3Ay.yaml"',
			'"uri":"file:///abs/p.yaml"',
		]);
	});
});

describe('diff', () => {
	test('says what changes, and ends with 1; with 0 where nothing does', async () => {
		const [a, b] = [inFolder('policy.yaml'), inFolder('wide.policy.yaml')];
		expect(await ran(diff, a, b)).toEqual({
			code: 0,
			out: `= ${a} → ${b}\n  Wassette 0.8.1\n    the same in effect`,
		});
		const { code, out } = await ran(diff, a, b, '--engine', 'documented');
		expect(code).toBe(1);
		expect(out).toContain('+ network: *.b.test (line 6)');
	});

	test('asks requests and scenarios, under their engine', async () => {
		const a = inFolder('policy.yaml');
		const asked = await ran(diff, a, 'none', '--requests', inFolder('requests.txt'), '--json');
		expect(asked.code).toBe(1);
		expect(JSON.parse(asked.out)).toMatchObject({
			differs: true,
			engines: [
				{
					engine: '0.8.1',
					lost: [{ kind: 'network', words: 'a.test', line: 5 }],
					requests: [{ differs: true }, { differs: false }],
				},
			],
		});
		const same = await ran(
			diff,
			a,
			inFolder('wide.policy.yaml'),
			'--scenario',
			inFolder('scenario.tapedeck.json'),
		);
		expect(same.code).toBe(0);
		expect(same.out).toContain('Wassette 0.8.0');
		expect(same.out).toContain('all decided the same');
	});

	test('says that a side does not parse', async () => {
		const { code, out } = await ran(diff, inFolder('policy.yaml'), inFolder('broken.policy.yaml'));
		expect(code).toBe(1);
		expect(out).toContain('broken.policy.yaml does not parse (line ');
	});

	test('ends with 2 where it is not told two files', async () => {
		expect((await ran(diff, inFolder('policy.yaml'))).code).toBe(2);
		expect((await ran(diff, 'none', inFolder('missing'))).code).toBe(2);
	});
});
