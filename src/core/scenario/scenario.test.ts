import { seal } from '../outlet/outgoing';
import { deflateSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../base64';
import { decodeLink } from './decode-link';
import { isLink } from './is-link';
import { encodeLink } from './link';
import { parseScenario } from './parse';
import { printScenario } from './print';
import type { Scenario } from './schema';
import { describeWorld, worldOf } from './world';

const full: Scenario = {
	version: 1,
	title: 'Read a note',
	description: 'What a grant of one directory allows.',
	engine: '0.8.1',
	components: [
		{
			id: 'files',
			source: { sample: 'files' },
			sha256: 'a'.repeat(64),
			policy: 'version: "1.0"\npermissions: {}\n',
		},
		{ id: 'mine', source: { file: 'mine.wasm' }, policy: null, standIns: true },
	],
	world: {
		files: {
			'/data/a.txt': 'hello é\n',
			'/data/b.bin': { base64: '/wA=' },
			'/data/link': { symlink: 'a.txt' },
			'/empty': { directory: true },
		},
		variables: { HOME: '/home/user', API_KEY: { secret: true } },
		routes: [
			{ method: 'GET', url: 'https://api.example.com/*', status: 404, headers: [['x-a', '1']], body: 'no' },
		],
		network: 'routes',
		clock: { start: '2026-01-02T03:04:05Z' },
		random: { seed: 'seed' },
		arguments: ['tool'],
		decoyRoot: false,
	},
	limits: { callMs: 1000 },
	calls: [{ tool: 'read-file', arguments: { path: '/data/a.txt' }, expect: { outcome: 'result' } }],
	expectations: [{ request: { kind: 'environment', key: 'API_KEY' }, outcome: 'deny' }],
};

const minimal: Scenario = { version: 1, components: [] };

const parsed = (input: string | object) => {
	const result = parseScenario(input);
	if (!result.ok) throw new Error(result.error);
	return result.value;
};
const problem = (input: string | object) => {
	const result = parseScenario(input);
	return result.ok ? null : result.error;
};
const linkOf = (text: string) => `#td1.${toBase64Url(deflateSync(strToU8(text)))}`;

describe('parsing a scenario', () => {
	test('keeps everything the document holds', () => {
		expect(parsed(JSON.stringify(full))).toEqual(full);
	});

	test('drops fields it does not know', () => {
		expect(parsed({ ...minimal, colour: 'red', world: { weather: 'fine' } })).toEqual({
			...minimal,
			world: {},
		});
	});

	test.each([
		['no object', '[]', 'not a JSON object'],
		['no JSON', '{', 'JSON does not parse'],
		['no version', '{}', 'no version number'],
		['a version to come', '{"version":2,"components":[]}', 'version 2'],
		['a wrong type', '{"version":1,"components":[{"id":3}]}', 'components[0].id'],
		['two components of one id', { ...full, components: [full.components[0], full.components[0]] }, 'twice'],
		['a relative path', { ...minimal, world: { files: { 'a.txt': '' } } }, 'world.files'],
		['a path that climbs', { ...minimal, world: { files: { '/a/../b': '' } } }, 'world.files'],
		[
			'a script as an address',
			{ version: 1, components: [{ id: 'x', source: { url: 'javascript:alert(1)' }, policy: null }] },
			'components[0].source',
		],
	])('refuses %s and names the place', (_name, input, words) => {
		expect(problem(input)).toContain(words);
	});

	test('reads a document of several megabytes', () => {
		const large = 'x'.repeat(2 * 2 ** 20);
		expect(parsed(JSON.stringify({ ...minimal, world: { files: { '/a': large } } })).world?.files).toEqual({
			'/a': large,
		});
	});

	test('takes no prototype from a document', () => {
		const scenario = parsed(
			'{"version":1,"components":[],"__proto__":{"title":"x"},"world":{"variables":{"__proto__":"x"}}}',
		);
		expect(scenario.title).toBeUndefined();
		expect(Object.getPrototypeOf(scenario.world?.variables)).toBe(Object.prototype);
	});

	test('never throws', () => {
		fc.assert(fc.property(fc.jsonValue(), (value) => void problem(JSON.stringify(value))));
		fc.assert(fc.property(fc.string(), (text) => void problem(text)));
	});
});

describe('printing a scenario', () => {
	test('says nothing that is the default', () => {
		const text = printScenario({
			...minimal,
			title: '',
			calls: [],
			world: { network: 'live', decoyRoot: true, files: {} },
		});
		expect(text).toBe('{"version":1,"components":[]}');
	});

	test('puts fields in one order, whatever theirs was', () => {
		const shuffled = Object.fromEntries(Object.entries(full).reverse()) as Scenario;
		expect(printScenario(shuffled)).toBe(printScenario(full));
	});

	test('loses nothing', () => {
		expect(parsed(printScenario(full))).toEqual(full);
	});
});

describe('a link', () => {
	test('holds the whole scenario', () => {
		const link = encodeLink(seal(full));
		expect(isLink(link)).toBe(true);
		expect(decodeLink(`https://example.test/deck/#${link}`)).toEqual({ ok: true, value: full });
	});

	test('with a policy of 40 lines, five small files and three calls stays under 2,000 characters', () => {
		const hosts = Array.from({ length: 28 }, (_, index) => `      - host: "service-${index}.example.com"`);
		const policy = [
			...['version: "1.0"', 'description: "forty lines"', 'permissions:', '  storage:', '    allow:'],
			...[
				'      - uri: "fs:///data"',
				'        access: ["read"]',
				'  environment:',
				'    allow:',
				'      - key: "API_KEY"',
			],
			...['  network:', '    allow:', ...hosts],
		].join('\n');
		const files = Object.fromEntries(
			Array.from({ length: 5 }, (_, index) => [
				`/data/note-${index}.txt`,
				`Note ${index}: remember to water plant ${index * 7}.\n`,
			]),
		);
		const calls = ['a', 'b', 'c'].map((name) => ({
			tool: 'read-file',
			arguments: { path: `/data/${name}.txt` },
		}));
		const link = encodeLink(
			seal({
				...full,
				components: [{ id: 'files', source: { sample: 'files' }, policy }],
				world: { files },
				calls,
			}),
		);
		expect(policy.split('\n')).toHaveLength(40);
		expect(link.length).toBeLessThan(2000);
	});

	test.each([
		['is cut off', () => `#${encodeLink(seal(full)).slice(0, -40)}`, 'damaged'],
		['holds foreign characters', () => '#td1.<script>', 'damaged'],
		['has a format to come', () => '#td2.AAAA', 'format 2'],
		['is of another kind', () => '#section', 'holds no scenario'],
		['is far too long', () => `#td1.${'A'.repeat(2 ** 20)}`, 'longer than 1 MiB'],
		['unpacks to 16 MB', () => linkOf(' '.repeat(16 * 2 ** 20)), 'more than 4 MiB'],
		['holds text that is no scenario', () => linkOf('hello'), 'JSON does not parse'],
	])('that %s is refused with a reason', (_name, link, words) => {
		const result = decodeLink(link());
		expect(result.ok ? null : result.error).toContain(words);
	});

	test('of any bytes never throws', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeLink(`#td1.${toBase64Url(bytes)}`)));
	});
});

describe('a described world', () => {
	test('comes back as it was, without the secrets', () => {
		const world = worldOf(full.world, 5);
		expect(world.files.get('/data')).toEqual({ kind: 'directory', modified: 5 });
		expect(describeWorld(world)).toEqual(full.world);
		const withSecret = { ...world, variables: new Map([['API_KEY', { value: 'hunter2', secret: true }]]) };
		expect(JSON.stringify(describeWorld(withSecret))).not.toContain('hunter2');
	});

	test('keeps bytes that are not text', () => {
		const world = worldOf({ files: { '/x': { base64: '/wA=' }, '/bom': '\ufeffx' } });
		expect(describeWorld(world).files).toEqual({ '/x': { base64: '/wA=' }, '/bom': '\ufeffx' });
	});

	test('takes a directory that is written with a slash at its end', () => {
		const world = worldOf({ files: { '/data/': { directory: true }, '/data/a': '1' } });
		expect([...world.files.keys()]).toEqual(['/', '/data', '/data/a']);
	});

	test('takes no file under a path, and no link to a target, that none can have', () => {
		const read = (files: object) => parseScenario({ version: 1, components: [], world: { files } });
		expect(read({ [`/${'f'.repeat(255)}`]: '', '/d/': { directory: true } }).ok).toBe(true);
		for (const path of ['f'.repeat(256), 'é'.repeat(128), `COMPDIR/${'é'.repeat(128)}`])
			expect(read({ [path.startsWith('C') ? path : `/${path}`]: '' })).toMatchObject({
				error: expect.stringContaining('a path that a file can have'),
			});
		for (const symlink of ['', 'a\0b'])
			expect(read({ '/l': { symlink } })).toMatchObject({ error: expect.stringContaining('/l') });
	});

	test('makes a directory of what others lie below', () => {
		const world = worldOf({ files: { '/a': 'file', '/a/b': 'below' } });
		expect(world.files.get('/a')?.kind).toBe('directory');
		expect(world.files.get('/a/b')?.kind).toBe('file');
	});
});
