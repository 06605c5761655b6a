import { describe, expect, test } from 'vitest';
import { viewOf } from '../../world-view';
import type { FileNode } from '../../files';
import { evaluate, narrowestGrant, parseQuestion, suggestions, type AccessRequest } from '..';

const directory: FileNode = { kind: 'directory', modified: 0 };
const world = viewOf({
	files: new Map<string, FileNode>([
		['/', directory],
		['/data', directory],
		['/data/a.txt', { kind: 'file', content: new Uint8Array(), size: 0, modified: 0 }],
	]),
	variables: new Map(),
});

const request = (line: string): AccessRequest => {
	const parsed = parseQuestion(line);
	return parsed.ok ? parsed.value : expect.fail(parsed.error);
};
const context = (policy: string | null, engine = '0.8.1') => ({
	policy,
	engine,
	world,
	componentId: 'my tool',
});
const titles = (line: string, policy: string | null, engine = '0.8.1') =>
	suggestions(request(line), context(policy, engine)).map(({ title }) => title);
const policy = (permissions: string) => `version: "1.0"\npermissions:\n${permissions}`;

describe('suggestions', () => {
	test.each([
		[
			'GET https://a.b.test:8443/x',
			'0.8.1',
			['Allow https to a.b.test, on every port', 'Allow http and https to a.b.test, on every port'],
		],
		[
			'GET https://a.b.test:8443/x',
			'documented',
			[
				'Allow https to a.b.test, on port 8443',
				'Allow https to a.b.test, on every port',
				'Allow http and https to a.b.test, on every port',
				'Allow every host under b.test',
			],
		],
		['read /data/new.txt', '0.8.1', ['Allow to read /data and all below it']],
		['read /data/sub/x', '0.8.1', ['Allow to read /data and all below it']],
		['read /data/a.txt', 'documented', ['Allow to read /data/a.txt', 'Allow to read /data and all below it']],
		['write /data/a.txt', '0.8.1', ['Allow to read and write /data and all below it']],
		[
			'write /data/a.txt',
			'0.8.0',
			['Allow to write /data and all below it', 'Allow to read and write /data and all below it'],
		],
		['env KEY', '0.8.1', ['Allow the variable KEY']],
	])('for %s under %s come narrowest first', (line, engine, expected) => {
		expect(titles(line, null, engine)).toEqual(expected);
	});

	test('carry the text, the lines that are new and the command that does the same', () => {
		const before = policy('  network:\n    allow:\n      - host: "b.test"\n');
		expect(narrowestGrant(request('GET https://a.test/'), context(before))).toEqual({
			title: 'Allow https to a.test, on every port',
			permission: { kind: 'network', host: 'https://a.test' },
			newText: `${before}      - host: "https://a.test"\n`,
			addedLines: [6],
			removedRules: [],
			wassetteCommand: "wassette permission grant network 'my tool' https://a.test",
		});
		expect(narrowestGrant(request('read /data/a.txt'), context(null))?.wassetteCommand).toBe(
			"wassette permission grant storage 'my tool' fs:///data --access read",
		);
	});

	test('take a decision as well as a request', () => {
		const denied = evaluate(null, '0.8.1', world, request('env KEY'));
		expect(narrowestGrant(denied, context(null))?.title).toBe('Allow the variable KEY');
	});

	test('remove the deny rule that is in the way', () => {
		const before = policy(
			'  network:\n    allow:\n      - host: a.test\n    deny:\n      - host: "*.test"\n      - host: a.test\n',
		);
		const [first] = suggestions(request('GET https://a.test/'), context(before, 'documented'));
		expect(first).toMatchObject({
			title: 'Remove the rules on lines 7, 8',
			permission: null,
			removedRules: [{ line: 7 }, { line: 8 }],
			wassetteCommand: null,
		});
		expect(first!.newText).toBe(policy('  network:\n    allow:\n      - host: a.test\n    deny: []\n'));
	});

	test('repair the rule that makes every call fail', () => {
		const before = policy('  storage:\n    allow:\n      - uri: "fs:///data/**"\n        access: [read]\n');
		expect(titles('read /data/a.txt', before)).toEqual([
			'Line 5: write fs:///data',
			'Remove the rule on line 5, and allow to read /data and all below it',
		]);
	});

	test('offer the repair of a rule that matches nothing', () => {
		const before = policy('  network:\n    allow:\n      - host: localhost:8080\n');
		expect(titles('GET http://localhost:8080/', before)).toContain('Line 5: write localhost, for every port');
	});

	test('are none for what is allowed, what no rule can allow, and a text that does not parse', () => {
		expect(titles('env KEY', policy('  environment: {allow: [{key: KEY}]}\n'))).toEqual([]);
		expect(suggestions({ kind: 'network', method: 'GET', url: 'http://127.1/' }, context(null))).toEqual([]);
		expect(titles('env KEY', 'version: "2.0"')).toEqual([]);
		expect(titles('env KEY', null, 'no-such-engine')).toEqual([]);
	});
});
