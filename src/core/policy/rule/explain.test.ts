import { describe, expect, test } from 'vitest';
import { assumedWorld, compare, evaluate, explain, type AccessRequest } from '..';

const get = (url: string): AccessRequest => ({ kind: 'network', method: 'GET', url });
const read = (path: string): AccessRequest => ({ kind: 'storage', access: 'read', path });
const env = (key: string): AccessRequest => ({ kind: 'environment', key });
const policy = (permissions: string) => `version: "1.0"\npermissions: ${permissions}\n`;
const withSecret = { ...assumedWorld(), variables: [{ key: 'S', secret: true }] };

describe('explain', () => {
	test.each([
		[
			policy('{network: {allow: [{host: a.test}]}}'),
			'0.8.1',
			get('https://a.test/'),
			'Allowed to reach a.test over https by line 2 (host: a.test).',
		],
		[
			policy('{network: {deny: [{host: a.test}]}}'),
			'documented',
			get('https://a.test/'),
			'Denied to reach a.test over https by line 2 (host: a.test).',
		],
		[
			policy('{}'),
			'0.8.1',
			get('https://a.test/'),
			'Denied to reach a.test over https: no rule of the policy grants it.',
		],
		[
			policy('{storage: {allow: [{uri: "fs:///d", access: [write]}]}}'),
			'0.8.0',
			read('/d/x'),
			'Denied to read /d/x: line 2 (uri: "fs:///d", access: [write]) covers the path without read access.',
		],
		[
			policy('{storage: {allow: [{uri: "fs:///d", access: [read]}, {uri: "fs:///d/e", access: [write]}]}}'),
			'0.8.0',
			read('/d/e/x'),
			'Allowed to read /d/e/x by line 2 (uri: "fs:///d", access: [read]), only by way of the wider `/d`.',
		],
		[
			null,
			'0.8.1',
			env('S'),
			'Denied to see the variable S: the component has no policy attached, so nothing is granted.',
		],
		[
			null,
			'0.8.0',
			env('S'),
			'Allowed to see the variable S: Wassette 0.8.0 gives a component that has no policy every configured variable.',
		],
		[
			policy('{}'),
			'0.8.0',
			env('S'),
			'Allowed to see the variable S: Wassette 0.8.0 hands a component all its secrets, whatever its policy says.',
		],
		[
			'version: "2.0"\npermissions: {}',
			'0.8.1',
			env('S'),
			'Denied to see the variable S: the policy does not parse (Unsupported version: 2.0), so none of its rules counts.',
		],
		[
			policy('{network: {allow: [{host: "::1"}]}}'),
			'0.8.1',
			env('S'),
			'Denied to see the variable S: under this policy Wassette 0.8.1 answers every call with “Invalid host format: ::1”, because of line 2 (host: "::1").',
		],
		[
			policy('{}'),
			'0.8.1',
			get('ftp://a'),
			'Denied: the request itself cannot be decided. Only http and https URLs are requested.',
		],
	])('%j under %s', (text, engine, request, sentence) => {
		expect(explain(evaluate(text, engine, withSecret, request))).toBe(sentence);
	});
});

describe('compare', () => {
	test('groups the engines and says where they part', () => {
		const text = policy('{network: {allow: [{host: "*.a.test"}]}}');
		const { groups, parts, agree } = compare(text, assumedWorld(), get('https://x.a.test/'));
		expect(groups.map(({ outcome, engines }) => [outcome, engines])).toEqual([
			['deny', ['0.2.0', '0.3.0', '0.4.0', '0.5.0', '0.6.0', '0.7.0', '0.7.1', '0.8.0', '0.8.1']],
			['allow', ['documented']],
		]);
		expect(parts).toEqual([{ from: '0.8.1', to: 'documented', becomes: 'allow' }]);
		expect(agree).toBe(false);
	});

	test('finds the release at which an answer changed', () => {
		expect(compare(null, withSecret, env('S')).parts).toEqual([
			{ from: '0.8.0', to: '0.8.1', becomes: 'deny' },
		]);
		expect(compare(policy('{}'), withSecret, env('S')).parts).toEqual([
			{ from: '0.2.0', to: '0.3.0', becomes: 'allow' },
			{ from: '0.8.0', to: '0.8.1', becomes: 'deny' },
		]);
	});

	test('agrees where only the reasons differ', () => {
		const text = policy('{storage: {allow: [{uri: "fs:///d/*", access: [read]}]}}');
		const comparison = compare(text, assumedWorld(), read('/other'));
		expect(comparison.agree).toBe(true);
		expect(comparison.groups.map(({ decision }) => decision.reason)).toEqual(['policy-failure', 'no-rule']);
	});
});
