import { describe, expect, test } from 'vitest';
import type { Grants, HostRule } from '../../core/policy/types';
import { parseUrl } from '../../core/url';
import { reachOf } from './sources';

const rule = (parts: Partial<HostRule>): HostRule => ({
	effect: 'allow',
	scheme: null,
	host: '',
	port: null,
	rule: { text: '', line: 1 },
	...parts,
});

function reach(url: string, hosts: readonly HostRule[], engine = 'documented') {
	const parsed = parseUrl(url);
	if (!parsed.ok) throw new Error(url);
	const grants: Grants = { engine, preopens: [], paths: [], hosts, variables: [], memory: null };
	return reachOf(grants, parsed.value, new URL('https://deck.example/app/'));
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
	])('is the host of the request alone where the rules hold %s', (_what, other) => {
		expect(reach('https://a.example/x', [rule({ host: 'a.example' }), other])).toEqual({
			sources: ['https://a.example:443'],
			follow: false,
		});
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
