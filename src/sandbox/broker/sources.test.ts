import { describe, expect, test } from 'vitest';
import type { Grants, HostRule } from '../../core/policy/types';
import { parseUrl } from '../../core/url';
import { exactSource, brokerReachOf, reachOfNamed } from './sources';

const rule = (parts: Partial<HostRule>): HostRule => ({
	effect: 'allow',
	scheme: null,
	host: '',
	port: null,
	rule: { text: '', line: 1 },
	...parts,
});

function reach(
	url: string,
	hosts: readonly HostRule[],
	engine = 'documented',
	own = 'https://deck.example/app/',
) {
	const parsed = parseUrl(url);
	if (!parsed.ok) throw new Error(url);
	const rules = engine === 'documented' ? 'documented' : 'release';
	const grants: Grants = { engine, rules, preopens: [], paths: [], hosts, variables: [], memory: null };
	return brokerReachOf(grants, parsed.value, new URL(own));
}

describe('the reach of a broker', () => {
	test('is the granted hosts, and redirects are followed among them', () => {
		const hosts = [rule({ host: 'a.example' }), rule({ host: '*.b.example', scheme: 'https', port: 8443 })];
		expect(reach('https://a.example/x', hosts)).toEqual({
			sources: [
				'http://a.example:*',
				'https://*.b.example:8443',
				'https://a.example:*',
				'https://a.example:443',
			],
			follow: true,
		});
	});

	test.each([
		['a deny rule', rule({ effect: 'deny', host: 'b.example' })],
		['an address range', rule({ cidr: { bytes: [10, 0, 0, 0], prefix: 8 } })],
		['an IPv6 address', rule({ host: '[::1]' })],
		['the page’s own site', rule({ host: 'deck.example' })],
		['a domain of the page’s own site', rule({ host: '*.example', scheme: 'https' })],
		['every host', rule({ host: '*' })],
		['every host at one port', rule({ host: '*', port: 8080 })],
		['plain http alone, where a source would admit https too', rule({ host: 'b.example', scheme: 'http' })],
		['plain http at a port', rule({ host: 'b.example', scheme: 'http', port: 8080 })],
		['port 80, whose source would admit https at 443', rule({ host: 'b.example', port: 80 })],
		['plain http of a whole domain', rule({ host: '*.b.example', scheme: 'http' })],
	])('is the host of the request alone where the rules hold %s', (_what, other) => {
		expect(reach('https://a.example/x', [rule({ host: 'a.example' }), other])).toEqual({
			sources: ['https://a.example:443'],
			follow: false,
		});
	});

	test.each([
		['https is granted beside http', [rule({ scheme: 'http' }), rule({ scheme: 'https' })]],
		['port 443 is granted beside port 80', [rule({ port: 80 }), rule({ port: 443 })]],
		['every host is granted beside one', [rule({ scheme: 'http' }), rule({ host: '*', scheme: 'https' })]],
	])('follows redirects where %s', (_what, rules) => {
		const hosts = rules.map((one) => ({ ...one, host: one.host || 'a.example' }));
		const own = 'http://elsewhere.example/';
		expect(reach('http://a.example/', hosts, 'documented', own).follow).toBe(true);
	});

	test('leaves out rules that a release never matches', () => {
		const hosts = [rule({ host: 'a.example' }), rule({ host: '*.b.example' }), rule({ host: '' })];
		expect(reach('http://a.example/', hosts, '0.8.1').sources).toEqual([
			'http://a.example:*',
			'http://a.example:80',
			'https://a.example:*',
		]);
	});

	test('is a scheme, without redirects, where CSP has no word for the host', () => {
		expect(reach('http://[::1]:8080/', [rule({ host: '[::1]' })])).toEqual({
			sources: ['http:'],
			follow: false,
		});
	});
});

describe('the reach of what a person named', () => {
	test('is the hosts that they were shown', () => {
		expect(reachOfNamed(['https://a.example/x.wasm', 'https://b.example:8443'])).toEqual({
			sources: ['https://a.example:443', 'https://b.example:8443'],
			follow: true,
		});
	});

	test('follows no redirect where CSP has no word for a host', () => {
		expect(reachOfNamed(['http://[::1]:8080/x.wasm'])).toEqual({ sources: ['http:'], follow: false });
	});
});

describe('a server that is asked whether it is there', () => {
	const source = (url: string, isGranted = (_: string) => false) => {
		const parsed = parseUrl(url);
		if (!parsed.ok) throw new Error(url);
		return exactSource(parsed.value, isGranted);
	};

	test('is asked from where nothing else can be reached', () => {
		expect(source('https://a.example/x')).toBe('https://a.example:443');
		expect(source('http://a.example:8080/', (url) => url === 'https://a.example:8080/')).toBe(
			'http://a.example:8080',
		);
		const asked: string[] = [];
		source('http://a.example/', (url) => asked.push(url) > 0);
		expect(asked).toEqual(['https://a.example:80/', 'https://a.example:443/']);
	});

	test('is not asked where a source would admit another', () => {
		expect(source('http://a.example/')).toBeNull();
		expect(source('http://a.example:8080/')).toBeNull();
		expect(source('https://[::1]:8080/', () => true)).toBeNull();
	});
});
