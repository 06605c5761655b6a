import { describe, expect, test } from 'vitest';
import { hasLocalAddress, isLocalHost } from './local-host';
import { readCidr } from './policy/host-pattern';

describe("a host on the visitor's own machine or network", () => {
	test.each([
		...['localhost', 'app.localhost', 'printer', 'printer.local', 'db.internal', 'router.home.arpa'],
		...['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254'],
		...['[::1]', '[::]', '[fd00::1]', '[fe80::1]', '[::ffff:7f00:1]', '*.localhost'],
	])('is seen in %s', (host) => {
		expect(isLocalHost(host)).toBe(true);
	});

	test.each([
		...['example.com', 'localhost.example.com', 'notlocal.example', '*.example.com', '*'],
		...['8.8.8.8', '172.32.0.1', '192.169.0.1', '[2001:db8::1]', '[::ffff:808:808]'],
	])('is not seen in %s', (host) => {
		expect(isLocalHost(host)).toBe(false);
	});

	test.each([
		['10.0.0.0/8', true],
		['10.20.0.0/16', true],
		['0.0.0.0/0', true],
		['192.0.0.0/8', true],
		['8.8.8.0/24', false],
		['fd12::/16', true],
		['2001:db8::/32', false],
	])('is looked for in the range %s', (text, expected) => {
		expect(hasLocalAddress(readCidr(text)!)).toBe(expected);
	});
});
