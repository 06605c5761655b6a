import { describe, expect, test } from 'vitest';
import { viewOf } from '../../world-view';
import type { FileNode } from '../../files';
import {
	compile,
	decide,
	engines,
	evaluate,
	releaseIds,
	resolveEngine,
	type Decision,
	type Grants,
} from '..';

const directory: FileNode = { kind: 'directory', modified: 0 };
const file: FileNode = { kind: 'file', content: new Uint8Array(), size: 0, modified: 0 };

const world = viewOf({
	files: new Map<string, FileNode>([
		['/', directory],
		['/data', directory],
		['/data/secret', directory],
		['/data/a.txt', file],
		['/real', directory],
		['/real/r.txt', file],
		['/link', { kind: 'symlink', target: '/real', modified: 0 }],
		['/data/escape', { kind: 'symlink', target: '../real', modified: 0 }],
		['/team', directory],
		['/team/alice', directory],
		['/team/alice/data', directory],
		['/team/bob', directory],
		['/team/bob/data', directory],
		['/team/carol', directory],
	]),
	variables: new Map([
		['A', { value: '1', secret: false }],
		['B', { value: '2', secret: false }],
		['S', { value: '3', secret: true }],
	]),
});

const storage = (allow: readonly (readonly [uri: string, access: string])[], deny: typeof allow = []) => {
	const items = (rules: typeof allow) =>
		rules.map(([uri, access]) => `\n      - {uri: "${uri}", access: [${access}]}`).join('');
	return `version: "1.0"\npermissions:\n  storage:\n    allow:${items(allow)}\n    deny:${items(deny)}\n`;
};
const section = (yaml: string) => `version: "1.0"\npermissions:\n  ${yaml}\n`;

const grantsOf = (policy: string | null, engine = '0.8.1'): Grants => {
	const grants = compile(policy, engine, world);
	if (!grants.ok) throw new Error(grants.error.message);
	return grants.value;
};

const ask = (policy: string | null, engine: string, access: 'read' | 'write', path: string): Decision =>
	evaluate(policy, engine, world, { kind: 'storage', access, path });

describe('storage in a release', () => {
	test('lets files move between directories of other rights up to 0.4.0', () => {
		const movesIn = releaseIds.filter(
			(id) => grantsOf(storage([['fs:///data', 'write']]), id).movesBetweenRights,
		);
		expect(movesIn).toEqual(['0.2.0', '0.3.0', '0.4.0']);
		expect(grantsOf(storage([['fs:///data', 'write']]), 'documented').movesBetweenRights).toBeUndefined();
	});

	test.each([
		['fs://data', 'data', '/data'],
		['fs:///data', '/data', '/data'],
		['fs://./data/', './data/', '/data'],
		['fs:///link', '/link', '/real'],
		['fs:///', '/', '/'],
		['fs://', '', '/'],
	])('%s opens a directory under the name it is written with', (uri, guestPath, path) => {
		expect(grantsOf(storage([[uri, 'read']])).preopens).toMatchObject([
			{ guestPath, path, read: true, write: false },
		]);
	});

	test.each([
		['fs:///data/**', 'No such file or directory (os error 2)', 'missing-directory'],
		['fs://nowhere', 'No such file or directory (os error 2)', 'missing-directory'],
		['fs:///data/a.txt', 'Not a directory (os error 20)', 'not-a-directory'],
	])('%s makes every call fail', (uri, message, reason) => {
		for (const engine of releaseIds) {
			const policy = storage([
				['fs:///data', 'read'],
				[uri, 'read'],
			]);
			expect(compile(policy, engine, world)).toEqual({
				ok: false,
				error: { message, reason, engine, rule: { text: `uri: "${uri}", access: [read]`, line: 6 } },
			});
			expect(ask(policy, engine, 'read', '/data/a.txt')).toMatchObject({
				outcome: 'deny',
				reason: 'policy-failure',
				detail: message,
			});
		}
	});

	test('skips what does not start with fs://', () => {
		const policy = storage([
			['http://not-fs', 'read'],
			['/data', 'read'],
			['fs:///data', 'read'],
			['fs:///team', 'read'],
			['FS:///real', 'read'],
		]);
		expect(grantsOf(policy).preopens.map(({ path }) => path)).toEqual(['/data', '/team']);
	});

	test.each([
		['0.8.0', 'write', { read: false, write: true }],
		['0.8.1', 'write', { read: true, write: true }],
		['0.2.0', 'read', { read: true, write: false }],
		['0.8.1', 'read, write, read, write', { read: true, write: true }],
	])('%s takes [%s] as %o', (engine, access, rights) => {
		const policy = storage([['fs:///data', access]]);
		expect(grantsOf(policy, engine).preopens).toMatchObject([rights]);
		expect(ask(policy, engine, 'read', '/data/a.txt').outcome).toBe(rights.read ? 'allow' : 'deny');
		expect(ask(policy, engine, 'write', '/data/a.txt').outcome).toBe(rights.write ? 'allow' : 'deny');
	});

	test('names the rule that covers a path without the access', () => {
		expect(ask(storage([['fs:///data', 'read']]), '0.8.1', 'write', '/data/x')).toMatchObject({
			outcome: 'deny',
			reason: 'access-not-granted',
			rule: { line: 5 },
		});
	});

	test('does not let a link lead out of what is granted', () => {
		const policy = storage([['fs:///data', 'read']]);
		expect(ask(policy, '0.8.1', 'read', '/data/escape/r.txt')).toMatchObject({
			outcome: 'deny',
			reason: 'no-rule',
		});
		expect(ask(storage([['fs:///link', 'read']]), '0.8.1', 'read', '/link/r.txt').outcome).toBe('allow');
	});

	test('does not narrow by a rule within a wider one, unless the request came through it', () => {
		const policy = storage([
			['fs:///data', 'read, write'],
			['fs:///data/secret', 'read'],
		]);
		const request = { kind: 'storage', access: 'write', path: '/data/secret/x' } as const;
		expect(evaluate(policy, '0.8.1', world, request)).toMatchObject({
			outcome: 'allow',
			rule: { line: 5 },
			detail: 'only by way of the wider `/data`',
		});
		expect(evaluate(policy, '0.8.1', world, { ...request, via: '/data/secret' })).toMatchObject({
			outcome: 'deny',
			reason: 'access-not-granted',
			rule: { line: 6 },
		});
		expect(evaluate(policy, '0.8.1', world, { ...request, via: '/data' }).outcome).toBe('allow');
		expect(evaluate(policy, '0.8.1', world, { ...request, via: '/elsewhere' })).toMatchObject({
			outcome: 'deny',
			reason: 'no-rule',
		});
	});

	test('names the longest rule', () => {
		const policy = storage([
			['fs:///', 'read'],
			['fs:///data/secret', 'read'],
			['fs:///data', 'read'],
		]);
		expect(ask(policy, '0.8.1', 'read', '/data/secret/x').rule).toMatchObject({ line: 6 });
		expect(ask(policy, '0.8.1', 'read', '/data/x').rule).toMatchObject({ line: 7 });
		expect(ask(policy, '0.8.1', 'read', '/database').rule).toMatchObject({ line: 5 });
	});
});

describe('storage as documented', () => {
	test.each([
		// What a rule names, and all below where its last segment has no wildcard.
		['fs:///data', '/data', true],
		['fs:///data', '/data/a/b', true],
		['fs:///data', '/database', false],
		['fs://data', '/data/a', true],
		['fs:///data/a.txt', '/data/a.txt', true],
		['fs:///data/a.txt', '/data/b.txt', false],
		// A last `*`: the entries it matches, and nothing below them.
		['fs:///data/*', '/data/a.txt', true],
		['fs:///data/*', '/data', false],
		['fs:///data/*', '/data/secret/x', false],
		['fs:///data/*.txt', '/data/a.txt', true],
		['fs:///data/*.txt', '/data/a.txt.exe', false],
		['fs:///data/*.txt', '/data/.txt', true],
		// A last `**`: the directory before it and all below.
		['fs:///data/**', '/data', true],
		['fs:///data/**', '/data/a/b/c', true],
		['fs:///data/**', '/database', false],
		['fs:///**', '/anything/at/all', true],
		// Wildcards before the end.
		['fs:///team/*/data', '/team/alice/data/x/y', true],
		['fs:///team/*/data', '/team/alice/x/data', false],
		['fs:///team/*/data', '/team/data', false],
		['fs:///**/data', '/team/alice/data', true],
		['fs:///**/data', '/data/x', true],
		['fs:///**/data', '/team/database', false],
		['fs:///a/**/b/**/c', '/a/1/b/2/b/3/c', true],
		['fs:///a/**/b/**/c', '/a/c', false],
	])('%s and %s: %s', (uri, path, isGranted) => {
		expect(ask(storage([[uri, 'read']]), 'documented', 'read', path).outcome).toBe(
			isGranted ? 'allow' : 'deny',
		);
		const denying = storage([['fs:///', 'read']], [[uri, 'read']]);
		expect(ask(denying, 'documented', 'read', path)).toMatchObject(
			isGranted ? { outcome: 'deny', reason: 'denied-by-rule', rule: { line: 7 } } : { outcome: 'allow' },
		);
	});

	test('denies only the access that a deny rule lists', () => {
		const policy = storage([['fs:///data', 'read, write']], [['fs:///data', 'write']]);
		expect(ask(policy, 'documented', 'read', '/data/a').outcome).toBe('allow');
		expect(ask(policy, 'documented', 'write', '/data/a').outcome).toBe('deny');
	});

	test('follows links in rules and in requests', () => {
		expect(ask(storage([['fs:///link', 'read']]), 'documented', 'read', '/real/r.txt').outcome).toBe('allow');
		expect(ask(storage([['fs:///data', 'read']]), 'documented', 'read', '/data/escape/r.txt').outcome).toBe(
			'deny',
		);
		const denying = storage([['fs:///', 'read']], [['fs:///link', 'read']]);
		expect(ask(denying, 'documented', 'read', '/real/r.txt').outcome).toBe('deny');
		expect(
			decide(grantsOf(denying, 'documented'), { kind: 'storage', access: 'read', path: '/link/r.txt' })
				.outcome,
		).toBe('deny');
	});

	test.each([
		['fs:///data', ['/data']],
		['fs://data', ['data']],
		['fs:///data/**', ['/data']],
		['fs:///data/*', ['/data']],
		['fs:///data/a.txt', ['/data']],
		['fs:///nowhere/new.txt', ['/']],
		['fs:///team/*/data', ['/team']],
		['fs:///team/*/data/**', ['/team']],
		['fs:///**/data', ['/']],
	])('opens for %s the existing directory that all it grants is in', (uri, guestPaths) => {
		const grants = compile(storage([[uri, 'read']]), 'documented', world);
		expect(grants.ok && grants.value.preopens.map(({ guestPath }) => guestPath)).toEqual(guestPaths);
	});

	test('opens a directory once with the rights of all rules that lead there', () => {
		const policy = storage([
			['fs:///data/a.txt', 'read'],
			['fs:///data/b.txt', 'write'],
		]);
		expect(grantsOf(policy, 'documented').preopens).toMatchObject([
			{ guestPath: '/data', read: true, write: true },
		]);
		expect(ask(policy, 'documented', 'read', '/data/b.txt')).toMatchObject({
			outcome: 'deny',
			reason: 'access-not-granted',
		});
	});
});

describe('the environment', () => {
	const keys = (policy: string | null, engine: string) =>
		grantsOf(policy, engine).variables.map(({ key, reason }) => `${key} ${reason}`);
	const allowsA = section('environment: {allow: [{key: A}]}');

	test.each([
		['0.2.0', ['A granted']],
		['0.3.0', ['A granted', 'S secret']],
		['0.8.0', ['A granted', 'S secret']],
		['0.8.1', ['A granted']],
		['documented', ['A granted']],
	])('in %s holds what is listed and, where the release does so, every secret', (engine, expected) => {
		expect(keys(allowsA, engine)).toEqual(expected);
	});

	test.each([
		['0.2.0', ['A', 'B', 'S']],
		['0.8.0', ['A', 'B', 'S']],
		['0.8.1', []],
		['documented', []],
	])('in %s without a policy', (engine, expected) => {
		expect(keys(null, engine)).toEqual(expected.map((key) => `${key} no-policy-unrestricted`));
		const decision = evaluate(null, engine, world, { kind: 'environment', key: 'A' });
		expect(decision).toMatchObject(
			expected.length > 0 ? { outcome: 'allow', rule: null } : { outcome: 'deny', reason: 'no-policy' },
		);
	});

	test('gives an allowed secret by its rule', () => {
		expect(keys(section('environment: {allow: [{key: S}]}'), '0.8.0')).toEqual(['S granted']);
	});
});

describe('a memory limit', () => {
	test.each([
		['"1Mi"', 2 ** 20],
		['"512"', 512],
		['512', 512 * 2 ** 20],
		['"2Gi"', 2 ** 31],
		['"1Ki"', 1024],
		['"1Ti"', 2 ** 40],
	])('of %s is %d bytes', (text, bytes) => {
		const policy = section(`resources: {limits: {memory: ${text}}}`);
		expect(grantsOf(policy).memory).toEqual({ bytes, rule: { text: `memory: ${text}`, line: 3 } });
		expect(grantsOf(policy, '0.2.0').memory).toBeNull();
		expect(grantsOf(policy, 'documented').memory?.bytes).toBe(bytes);
	});

	test('in the newer place goes before the older one', () => {
		for (const resources of ['{memory: 1, limits: {memory: "2Mi"}}', '{limits: {memory: "2Mi"}, memory: 1}'])
			expect(grantsOf(section(`resources: ${resources}`)).memory?.bytes).toBe(2 ** 21);
		expect(grantsOf(section('resources: {memory: 3}')).memory?.bytes).toBe(3 * 2 ** 20);
	});
});

describe('what grants nothing', () => {
	test('is a text that does not parse', () => {
		for (const { id } of engines) {
			for (const text of [
				'',
				'a: [',
				'version: "2.0"\npermissions: {}',
				'version: "1.0"',
				'\0',
				'x'.repeat(70_000),
			]) {
				const grants = grantsOf(text, id);
				expect(grants).toMatchObject({
					closed: { reason: 'invalid-policy' },
					preopens: [],
					hosts: [],
					variables: grantsOf(null, id).variables,
					paths: [],
				});
				expect(grants.closed?.detail).toBeTruthy();
			}
		}
	});

	test('is no policy, for storage and the network', () => {
		for (const { id } of engines) {
			expect(ask(null, id, 'read', '/data')).toMatchObject({
				outcome: 'deny',
				reason: 'no-policy',
				rule: null,
			});
			expect(
				evaluate(null, id, world, { kind: 'network', method: 'GET', url: 'https://a.test/' }),
			).toMatchObject({
				outcome: 'deny',
				reason: 'no-policy',
			});
		}
	});

	test('is a request that cannot be read', () => {
		const policy = section('network: {allow: [{host: a.test}]}');
		for (const url of ['https://u@a.test/', 'ftp://a.test/', 'a.test', ''])
			expect(evaluate(policy, 'documented', world, { kind: 'network', method: 'GET', url })).toMatchObject({
				outcome: 'deny',
				reason: 'invalid-request',
			});
	});
});

describe('names', () => {
	test.each([
		[section('network: {}'), false],
		[section('network: {allow: [{cidr: 10.0.0.0/8}]}'), true],
		[section('network: {deny: [{host: a.test}]}'), false],
		[section('network: {allow: [{host: a.test}]}'), true],
	])('may be looked up as soon as anything is in the allow list', (policy, isAllowed) => {
		expect(grantsOf(policy).nameLookup).toBe(isAllowed);
	});
});

describe('an engine', () => {
	test.each([
		['0.8.1', '0.8.1'],
		['0.5.1', '0.5.0'],
		['0.3.9', '0.3.0'],
		['0.8.2', '0.8.1'],
		['1.0.0', '0.8.1'],
		['v0.7.1', '0.7.1'],
		['documented', 'documented'],
	])('%s decides as %s', (asked, id) => {
		expect(resolveEngine(asked)).toMatchObject({ ok: true, value: { id } });
	});

	test('is named in a decision as it was asked for', () => {
		const asked = { kind: 'environment', key: 'A' } as const;
		for (const id of ['0.5.0', '0.8.2', 'v0.7.1', 'documented']) {
			expect(evaluate(null, id, world, asked).engine).toBe(id);
			expect(ask(storage([['fs://nowhere', 'read']]), id, 'read', '/data').engine).toBe(id);
			expect(compile('a: [', id, world)).toMatchObject({ ok: true, value: { engine: id } });
		}
	});

	test.each(['0.1.0', '', 'newest', '0.8', '__proto__', '0.8.1-rc1'])('%j is not known', (id) => {
		expect(resolveEngine(id).ok).toBe(false);
		expect(compile(null, id, world)).toMatchObject({ ok: false, error: { reason: 'unknown-engine' } });
	});
});

describe('a link in a rule, as documented', () => {
	test('lets an allow rule speak of what it leads to alone, and a deny rule of its name too', () => {
		const segments = (policy: string) =>
			grantsOf(policy, 'documented').paths.map((rule) => rule.segments.join('/'));
		expect(segments(storage([['fs:///link', 'read']]))).toEqual(['real']);
		expect(segments(storage([], [['fs:///link', 'read']]))).toEqual(['real', 'link']);
		expect(segments(storage([], [['fs:///real', 'read']]))).toEqual(['real']);
	});
});

describe('looking names up, as documented', () => {
	test.each([
		['network: {allow: [{host: a.test}]}', true],
		['network: {deny: [{host: a.test}]}', false],
		['network: {allow: [{host: a.test}], deny: [{host: b.test}]}', true],
		['storage: {}', false],
	])('under {%s} is allowed: %s', (permissions, isAllowed) => {
		expect(grantsOf(section(permissions), 'documented').nameLookup).toBe(isAllowed);
	});
});

describe('the rule that is named', () => {
	test('is that of the later of two equally long preopens', () => {
		const policy = storage([
			['fs:///data', 'read'],
			['fs://data', 'read'],
		]);
		expect(grantsOf(policy).preopens.map(({ guestPath, path }) => [guestPath, path])).toEqual([
			['/data', '/data'],
			['data', '/data'],
		]);
		expect(ask(policy, '0.8.1', 'read', '/data/a.txt').rule?.line).toBe(6);
		expect(ask(policy, '0.8.1', 'write', '/data/a.txt')).toMatchObject({
			outcome: 'deny',
			rule: { line: 6 },
		});
	});

	test('is the first that covers a path without granting what is asked, as documented', () => {
		const policy = storage([
			['fs:///data', 'read'],
			['fs:///data/a.txt', 'read'],
		]);
		expect(ask(policy, 'documented', 'write', '/data/a.txt')).toMatchObject({
			reason: 'access-not-granted',
			rule: { line: 5 },
		});
	});

	test('is the first that grants, where a later one does too', () => {
		const policy = storage([
			['fs:///data', 'read'],
			['fs:///data/a.txt', 'read'],
		]);
		expect(ask(policy, 'documented', 'read', '/data/a.txt').rule?.line).toBe(5);
	});
});
