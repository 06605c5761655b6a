import { describe, expect, test } from 'vitest';
import { engines } from '../engines';
import { assumedWorld } from '../rule/assumed-world';
import { checkPolicy } from './check-policy';
import { comparePolicies, compareRequests, isDifferent } from './compare-policies';
import { unusedRules } from './unused-rules';

const all = engines.map(({ id }) => id);
const hosts = (...lines: readonly string[]) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n${lines.map((line) => `      - host: "${line}"\n`).join('')}`;
const denying = (text: string, ...lines: readonly string[]) =>
	`${text}    deny:\n${lines.map((line) => `      - host: "${line}"\n`).join('')}`;
const folder = (uri: string, access: string) =>
	`version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "${uri}"\n        access: [${access}]\n`;
const problemsOf = (text: string, ...ids: readonly string[]) =>
	checkPolicy(text, ids).problems.map(({ line, code, engines: some }) => [line, code, some?.length ?? 'all']);

describe('what is said of a policy', () => {
	test('is nothing for one that means what it says', () => {
		const report = checkPolicy(hosts('a.test'), all);
		expect(report.problems).toEqual([]);
		expect(report.dead).toEqual([]);
		expect(report.grants).toEqual([
			{
				engines: all,
				failure: null,
				grants: [{ kind: 'network', words: 'a.test', line: 5 }],
				memory: null,
			},
		]);
	});

	test('is its problems with their lines, those alone that concern the engines that were asked', () => {
		const text = denying(hosts('a.test'), 'a.test');
		expect(problemsOf(text, '0.8.1')).toEqual([[7, 'deny-ignored', 'all']]);
		expect(problemsOf(text, '0.8.1', 'documented')).toEqual([
			[5, 'dead-denied', 1],
			[7, 'deny-ignored', 1],
		]);
	});

	test('is where a text does not parse, and that nothing is granted', () => {
		const report = checkPolicy('version: "1.0"\npermissions: [', ['0.8.1']);
		expect(report.problems).toMatchObject([{ severity: 'error', code: 'yaml' }]);
		expect(report.grants).toMatchObject([{ grants: [], failure: null }]);
		// A release that takes such a text for none gives the component all variables.
		expect(report.elsewhere[0]).toMatchObject({
			engines: ['0.2.0', '0.3.0', '0.4.0', '0.5.0', '0.6.0', '0.7.0', '0.7.1', '0.8.0'],
			more: [{ kind: 'environment', words: 'every configured variable, secrets too', line: null }],
		});
	});

	test('is that every call fails, where it does', () => {
		const report = checkPolicy(hosts('::1'), ['0.8.1']);
		expect(report.grants).toMatchObject([{ failure: 'Invalid host format: ::1', grants: [] }]);
		expect(report.problems).toMatchObject([
			{ severity: 'error', code: 'fails-every-call', line: 5 },
			{ code: 'host-invalid' },
		]);
	});

	test('is what other engines do otherwise', () => {
		const { grants, elsewhere } = checkPolicy(folder('fs:///data', 'write'), ['0.8.1']);
		expect(grants[0]!.grants).toEqual([{ kind: 'storage', words: 'read and write fs:///data', line: 5 }]);
		expect(elsewhere).toMatchObject([
			{ engines: all.filter((id) => id !== '0.8.1'), less: [{ words: 'read fs:///data' }], more: [] },
		]);
		expect(
			checkPolicy(`${hosts('a.test')}  resources:\n    limits:\n      memory: 1Mi\n`, ['0.8.1']).elsewhere,
		).toMatchObject([{ engines: ['0.2.0'], memory: null }]);
	});

	test.each<[why: string, text: string, engine: string, line: number, words: string]>([
		['denied', denying(hosts('a.test', 'b.test'), '*.test'), 'documented', 5, 'Line 8 denies all'],
		['covered by a wildcard', hosts('b.a.test', '*.a.test'), 'documented', 5, 'Line 6 grants this already'],
		['denied twice', denying(hosts('a.test'), 'b.test', 'b.test'), 'documented', 8, 'Says again'],
		['compared as it stands', hosts('*.a.test'), '0.8.1', 5, 'Wildcards are compared as they stand'],
		['never enforced', denying(hosts('a.test'), 'b.test'), '0.8.1', 7, 'Deny lists are never enforced'],
		['skipped', folder('file:///x', 'read'), '0.8.1', 5, 'is skipped'],
		[
			'no limit',
			`${hosts('a.test')}  resources:\n    limits:\n      memory: 1Mi\n`,
			'0.2.0',
			8,
			'Memory is not limited',
		],
	])('is that a rule is dead: %s', (_, text, engine, line, words) => {
		const { dead, problems } = checkPolicy(text, [engine]);
		expect(dead).toHaveLength(engine === 'documented' && text.includes('*.test') ? 2 : 1);
		expect(dead[0]).toMatchObject({ line, engines: [engine] });
		expect(`${dead[0]!.why} ${problems.map(({ message }) => message).join(' ')}`).toContain(words);
		// It is a problem, too, once.
		expect(
			problems.filter((problem) => problem.line === line && problem.severity === 'warning'),
		).toHaveLength(1);
	});

	test('takes a star for a part of a name where the release does', () => {
		const world = { ...assumedWorld(), stat: () => 'directory' as const };
		const text = `${folder('fs:///data/*', 'read')}      - uri: "fs:///data/a"\n        access: [read]\n`;
		expect(checkPolicy(text, ['0.8.1'], world).dead).toEqual([]);
		expect(checkPolicy(text, ['documented'], world).dead).toEqual([]);
	});

	test('comes for a text that is as long and as odd as it may be', () => {
		const odd = [
			hosts(...Array.from({ length: 700 }, (_, index) => `h${index}.test`)),
			hosts(...Array.from({ length: 700 }, () => 'a.test')),
			hosts('a.test').repeat(3),
			`a: ${'['.repeat(5000)}`,
			`a: &a [x]\nb: [${'*a, '.repeat(5000)}]`,
			`${'- '.repeat(5000)}x`,
			'\0\u202e',
		];
		for (const text of odd) expect(checkPolicy(text, ['0.8.1']).engines).toEqual(['0.8.1']);
	});
});

describe('what changes between two policies', () => {
	const words = (before: string | null, after: string | null, engine = '0.8.1') => {
		const { gained, lost } = comparePolicies(before, after, engine, assumedWorld());
		return [gained, lost].map((some) => some.map((one) => `${one.words}${one.line ? ` (${one.line})` : ''}`));
	};

	test.each<[before: string | null, after: string | null, engine: string, gained: string[], lost: string[]]>([
		[hosts('a.test'), hosts('a.test'), '0.8.1', [], []],
		[hosts('a.test'), hosts('b.test'), '0.8.1', ['b.test (5)'], ['a.test (5)']],
		[hosts('a.test'), hosts('https://a.test'), '0.8.1', [], ['http://a.test (5)']],
		[hosts('http://a.test', 'https://a.test'), hosts('a.test'), '0.8.1', [], []],
		[hosts('a.test'), hosts('a.test', '*.test'), '0.8.1', [], []],
		[hosts('a.test'), hosts('a.test', '*.test'), 'documented', ['*.test (6)'], []],
		[hosts('*.test'), hosts('*.test', 'a.test'), 'documented', [], []],
		[denying(hosts('*.test'), 'a.test'), hosts('*.test'), 'documented', ['a.test (7)'], []],
		[hosts('*.test'), denying(hosts('*.test'), 'a.test'), 'documented', [], ['a.test (7)']],
		[hosts('b.test'), denying(hosts('b.test', 'a.test'), '*.test'), 'documented', [], ['b.test (5)']],
		[folder('fs:///d', 'read'), folder('fs:///d', 'read, write'), '0.8.0', ['write fs:///d (5)'], []],
		[folder('fs:///d', 'read'), folder('fs:///d/e', 'read'), '0.8.1', [], ['read fs:///d (5)']],
		[null, folder('fs:///d', 'read'), '0.8.1', ['read fs:///d (5)'], []],
		[null, hosts('a.test'), '0.8.0', ['a.test (5)'], ['every configured variable, secrets too']],
	])('is told in words: %#', (before, after, engine, gained, lost) => {
		expect(words(before, after, engine)).toEqual([gained, lost]);
		const difference = comparePolicies(before, after, engine, assumedWorld());
		expect(isDifferent(difference)).toBe(gained.length + lost.length > 0);
	});

	test('is also a limit of memory, and that every call fails', () => {
		const limited = `${hosts('a.test')}  resources:\n    limits:\n      memory: 1Mi\n`;
		expect(comparePolicies(hosts('a.test'), limited, '0.8.1', assumedWorld())).toMatchObject({
			memory: { before: null, after: 2 ** 20 },
			failure: null,
		});
		const failing = comparePolicies(hosts('a.test'), hosts('::1'), '0.8.1', assumedWorld());
		expect(failing.failure).toEqual({ before: null, after: 'Invalid host format: ::1' });
		expect(isDifferent({ ...failing, gained: [], lost: [], nameLookup: null })).toBe(true);
	});

	test('is asked of requests', () => {
		const requests = ['a', 'b'].map((name) => ({
			kind: 'network' as const,
			method: 'GET',
			url: `https://${name}.test/`,
		}));
		const rows = compareRequests(hosts('a.test', 'b.test'), hosts('a.test'), requests, {
			engine: '0.8.1',
			world: assumedWorld(),
		});
		expect(rows.map(({ name, differs }) => [name, differs])).toEqual([
			['GET https://a.test/', false],
			['GET https://b.test/', true],
		]);
		expect(rows[1]!.explanation.after).toBe(
			'Denied to reach b.test over https: no rule of the policy grants it.',
		);
		const unused = unusedRules(hosts('a.test', 'b.test'), requests.slice(0, 1), {
			engines: ['0.8.1'],
			world: assumedWorld(),
		});
		expect(unused.map(({ ref }) => ref.line)).toEqual([6]);
	});
});
