import { describe, expect, test } from 'vitest';
import { assumedWorld, evaluate, leastPolicy, parsePolicy } from '.';

const rules = (text: string) => parsePolicy(text).policy!.rules.map(({ ref }) => ref.text);

describe('leastPolicy', () => {
	const entries = [
		{ capability: 'network', target: 'https://a.test/x', method: 'POST' },
		{ capability: 'network', target: 'https://a.test/y' },
		{ capability: 'network', target: 'http://b.test:81/' },
		{ capability: 'storage', target: '/data/in/a.txt', access: 'read' as const },
		{ capability: 'storage', target: '/data/in/b.txt', access: 'read' as const },
		{ capability: 'storage', target: '/data/out.txt', access: 'write' as const },
		{ capability: 'environment', target: 'KEY' },
		{ capability: 'clock', target: 'now' },
	];

	test('grants directories and hosts to a release, each once', () => {
		expect(rules(leastPolicy(entries, '0.8.1', 'c'))).toEqual([
			'host: "https://a.test"',
			'host: "http://b.test"',
			'key: "KEY"',
			'uri: "fs:///data", access: ["write"]',
		]);
		expect(rules(leastPolicy(entries, '0.8.0', 'c'))).toContain('uri: "fs:///data/in", access: ["read"]');
	});

	test('grants files and ports as documented', () => {
		expect(rules(leastPolicy(entries, 'documented', 'c'))).toEqual([
			'host: "https://a.test:443"',
			'host: "http://b.test:81"',
			'key: "KEY"',
			'uri: "fs:///data/out.txt", access: ["write"]',
			'uri: "fs:///data/in/a.txt", access: ["read"]',
			'uri: "fs:///data/in/b.txt", access: ["read"]',
		]);
	});

	test('allows what was asked for, and grants nothing for nothing', () => {
		const text = leastPolicy(entries, '0.8.1', 'c');
		const request = { kind: 'storage', access: 'read', path: '/data/in/a.txt' } as const;
		expect(evaluate(text, '0.8.1', assumedWorld(), request).outcome).toBe('allow');
		expect(leastPolicy([], '0.8.1', 'c')).toBe(
			'version: "1.0"\ndescription: "Auto-generated policy for component: c"\npermissions: {}\n',
		);
	});
});
