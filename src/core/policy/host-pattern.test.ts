import { describe, expect, test, vi } from 'vitest';
import cases from './cases/hosts.json';
import { assumedWorld, evaluate, parsePolicy, releaseIds } from '.';
import { addressBytes, isInRange, readCidr, readDocumentedHost, readReleaseHost } from './host-pattern';
import { yamlString } from './read/yaml-text';

interface HostCase {
	readonly rule: string;
	readonly error?: string;
	readonly scheme?: string | null;
	readonly host?: string;
	readonly allows?: readonly string[];
	readonly denies?: readonly string[];
}

const policyOf = (host: string) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: ${yamlString(host)}\n`;

describe('a host rule in a release', () => {
	test.each(cases as readonly HostCase[])(
		'$rule',
		({ rule, error, scheme, host, allows = [], denies = [] }) => {
			expect(readReleaseHost(rule)).toEqual(
				error === undefined ? { ok: true, value: { scheme, host, port: null } } : { ok: false, error },
			);
			const decisions = (urls: readonly string[]) =>
				releaseIds.flatMap((engine) =>
					urls.map((url) =>
						evaluate(policyOf(rule), engine, assumedWorld(), { kind: 'network', method: 'GET', url }),
					),
				);
			expect(decisions(allows).map(({ outcome, reason }) => [outcome, reason])).toEqual(
				decisions(allows).map(() => ['allow', 'granted']),
			);
			expect(decisions(denies).map(({ outcome, reason }) => [outcome, reason])).toEqual(
				decisions(denies).map(() => ['deny', rule.includes('://*') ? 'invalid-policy' : 'no-rule']),
			);
		},
	);

	test('that does not parse makes every call fail, not only requests', () => {
		const decision = evaluate(policyOf('::1'), '0.8.1', assumedWorld(), { kind: 'environment', key: 'A' });
		expect(decision).toMatchObject({
			outcome: 'deny',
			reason: 'policy-failure',
			detail: 'Invalid host format: ::1',
			rule: { text: 'host: "::1"', line: 5 },
		});
	});

	test('that is an unquoted number is no string', () => {
		const { problems } = parsePolicy(policyOf('x').replace('"x"', '127.1'));
		expect(problems).toMatchObject([
			{
				severity: 'error',
				message: 'data did not match any variant of untagged enum NetworkPermission',
				line: 5,
				column: 15,
				endColumn: 20,
				fix: { text: '"127.1"' },
			},
		]);
	});
});

test('a star in a host of a release is one in every browser', () => {
	// Chromium escapes it.
	const { parse } = URL;
	const spy = vi.spyOn(URL, 'parse').mockImplementation((text, base) => {
		const url = parse(text, base);
		return url && Object.defineProperty(url, 'hostname', { value: url.hostname.replaceAll('*', '%2A') });
	});
	expect(readReleaseHost('*.example.com')).toMatchObject({ value: { host: '*.example.com' } });
	expect(readReleaseHost('https://*')).toMatchObject({ value: { host: '*' } });
	spy.mockRestore();
});

describe('a request under a release', () => {
	test.each([
		// Only ASCII letters are folded: the Kelvin sign is no k, and a dotted capital I is no i.
		['kitten.test', 'https://\u212aitten.test/'],
		['istanbul.test', 'https://\u0130stanbul.test/'],
		['münchen.de', 'https://MÜNCHEN.de/'],
	])('is compared letter by letter: %s does not cover %s', (rule, url) => {
		for (const engine of releaseIds)
			expect(
				evaluate(policyOf(rule), engine, assumedWorld(), { kind: 'network', method: 'GET', url }).outcome,
			).toBe('deny');
	});
});

describe('a rule that nobody can read, as documented', () => {
	const network = (allow: string, deny = '[]') =>
		`version: "1.0"\npermissions:\n  network: {allow: ${allow}, deny: ${deny}}\n`;
	const ask = (policy: string) =>
		evaluate(policy, 'documented', assumedWorld(), {
			kind: 'network',
			method: 'GET',
			url: 'https://a.test/',
		});

	test.each(['{cidr: "x/y"}', '{host: "https://"}', '{host: "a b"}'])(
		'matches nothing where it allows, and leaves the others alone: %s',
		(rule) => {
			expect(ask(network(`[${rule}, {host: a.test}]`))).toMatchObject({ outcome: 'allow' });
			expect(ask(network(`[${rule}]`))).toMatchObject({ outcome: 'deny', reason: 'no-rule' });
		},
	);

	test.each(['{cidr: "x/y"}', '{host: "https://"}'])(
		'makes every call fail where it denies, since nobody knows what it was to keep out: %s',
		(rule) => {
			expect(ask(network('[{host: a.test}]', `[${rule}]`))).toMatchObject({
				outcome: 'deny',
				reason: 'policy-failure',
			});
		},
	);
});

describe('a host rule as documented', () => {
	test.each([
		['api.example.com', null, 'api.example.com', null],
		['API.Example.COM.', null, 'api.example.com', null],
		['https://api.example.com:8443/x?y', 'https', 'api.example.com', 8443],
		['localhost:8080', null, 'localhost', 8080],
		['*', null, '*', null],
		['http://*:81', 'http', '*', 81],
		['*.Example.com:443', null, '*.example.com', 443],
		['[::1]:80', null, '[::1]', 80],
		['::1', null, '[::1]', null],
		['user@a.test', null, 'a.test', null],
		['https:a.test', 'https', 'a.test', null],
		['https:443', null, 'https', 443],
		['//a.test', null, 'a.test', null],
		['ftp://a.test', 'ftp', 'a.test', null],
		['10.0.0.0/8', null, '10.0.0.0', null],
		['a.test:', null, 'a.test', null],
	])('%s', (text, scheme, host, port) => {
		expect(readDocumentedHost(text)).toEqual({ ok: true, value: { scheme, host, port } });
	});

	test.each(['', 'a b', 'a.test:99999', 'a.test:x', '[::1', '.', 'a:b@c:d:e', 'https://'])(
		'refuses %j',
		(text) => {
			expect(readDocumentedHost(text)).toEqual({ ok: false, error: `Invalid host format: ${text}` });
		},
	);
});

describe('a range of addresses', () => {
	test.each([
		['10.0.0.0/8', '10.255.0.1', true],
		['10.0.0.0/8', '11.0.0.1', false],
		['192.168.1.128/25', '192.168.1.129', true],
		['192.168.1.128/25', '192.168.1.127', false],
		['0.0.0.0/0', '8.8.8.8', true],
		['1.2.3.4/32', '1.2.3.4', true],
		['1.2.3.4/32', '1.2.3.5', false],
		['fd00::/8', '[fd12::1]', true],
		['fd00::/8', '[fe80::1]', false],
		['::/0', '[2001:db8::1]', true],
		['::/0', '1.2.3.4', false],
		['::1/128', '[::1]', true],
		['127.0.0.0/8', '[::ffff:7f00:1]', true],
	])('%s and %s: %s', (range, host, isInside) => {
		expect(isInRange(addressBytes(host)!, readCidr(range)!)).toBe(isInside);
	});

	test.each([
		'10.0.0.0',
		'10.0.0.0/33',
		'10.0/8',
		'x/y',
		'::/129',
		'1::2::3/8',
		'10.0.0.0/-1',
		'300.0.0.0/8',
		'/8',
	])('is not read from %s', (text) => expect(readCidr(text)).toBeNull());
});
