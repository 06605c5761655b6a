import { describe, expect, test } from 'vitest';
import {
	assumedWorld,
	createEvaluator,
	engines,
	evaluate,
	leastPolicy,
	parsePolicy,
	proposePolicy,
	type AccessRequest,
} from '..';

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

describe('proposePolicy', () => {
	const get = (url: string): AccessRequest => ({ kind: 'network', method: 'GET', url });
	const context = { componentId: 'c', world: assumedWorld() };

	test('says what no rule can allow', () => {
		const requests = [get('https://a.test/'), get('https://u@b.test/')];
		const { text, refused } = proposePolicy(requests, { ...context, engine: '0.8.1' });
		expect(rules(text)).toEqual(['host: "https://a.test"']);
		expect(refused).toEqual([get('https://u@b.test/')]);
	});

	test.each([
		['resources: {limits: {memory: "16Mi"}}', '16Mi'],
		['resources: {limits: {memory: "1536"}}', '1536'],
		['resources: {memory: 2048}', '2Gi'],
		['resources: {memory: 1, limits: {memory: "3Ki"}}', '3Ki'],
	])('keeps the memory limit of %s', (resources, limit) => {
		const policy = `version: "1.0"\npermissions:\n  ${resources}\n`;
		const { text } = proposePolicy([], { ...context, engine: '0.8.1', policy });
		expect(rules(text)).toEqual([`memory: "${limit}"`]);
	});

	test('allows every request of many under every engine, and stays small', () => {
		const requests: AccessRequest[] = Array.from({ length: 60 }, (_, index) => [
			get(`https://h${index % 7}.test/${index}`),
			{
				kind: 'storage',
				access: index % 3 ? 'read' : 'write',
				path: `/data/d${index % 5}/f${index}`,
			} as const,
			{ kind: 'environment', key: `K${index % 4}` } as const,
		]).flat();
		for (const { id } of engines) {
			const { text, refused } = proposePolicy(requests, { ...context, engine: id });
			expect(refused).toEqual([]);
			const decide = createEvaluator(text, id, assumedWorld());
			expect(requests.filter((request) => decide(request).outcome === 'deny')).toEqual([]);
			expect(rules(text).length).toBeLessThanOrEqual(60 + 7 + 4);
		}
	});
});
