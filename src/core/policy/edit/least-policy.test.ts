import { describe, expect, test } from 'vitest';
import {
	assumedWorld,
	createEvaluator,
	engines,
	evaluate,
	leastPolicy,
	newlyAllowed,
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

	test.each(['resources: {limits: {memory: "16Mi"}}', 'resources: {memory: 2048}'])(
		'keeps %s',
		(resources) => {
			const policy = `version: "1.0"\npermissions:\n  ${resources}\n`;
			const { text } = proposePolicy([], { ...context, engine: '0.8.1', policy });
			expect(text).toBe(policy);
		},
	);

	test.each([
		['limits: {memory: &limit "16Mi"}', '16Mi'],
		['limits: {memory: &limit "1536"}', '1536'],
		['memory: &limit 2048', '2Gi'],
	])('keeps the memory limit of %s in a policy that it cannot edit', (limits, limit) => {
		const policy = `version: "1.0"\npermissions:\n  environment: {allow: [&a {key: A}, *a]}\n  resources: {${limits}}\n`;
		const { text, isEdited } = proposePolicy([{ kind: 'environment', key: 'B' }], {
			...context,
			engine: '0.8.1',
			policy,
		});
		expect(rules(text)).toContain(`memory: "${limit}"`);
		expect({ isEdited, keys: rules(text)[0] }).toEqual({ isEdited: false, keys: 'key: "B"' });
	});

	test('keeps comments, description, order, limits and deny rules of the policy', () => {
		const policy = `# Ours.
version: "1.0"
description: Reads notes # and no more
permissions:
  environment: {allow: [{key: KEY}, {key: OTHER}]} # keys
  storage:
    allow:
      # Notes.
      - uri: fs:///data/notes # read daily
        access: [read, write]
      - uri: "fs:///data/rest"
        access: ["read"]
    deny:
      - uri: "fs:///data/notes/secret"
        access: ["read"]
  resources:
    limits: {memory: 16Mi}
`;
		const requests: AccessRequest[] = [
			{ kind: 'storage', access: 'read', path: '/data/notes' },
			{ kind: 'environment', key: 'KEY' },
			get('https://a.test/'),
		];
		const { text, isEdited } = proposePolicy(requests, { ...context, engine: 'documented', policy });
		expect(isEdited).toBe(true);
		expect(text).toBe(`# Ours.
version: "1.0"
description: Reads notes # and no more
permissions:
  environment: {allow: [{key: KEY}]} # keys
  storage:
    allow:
      # Notes.
      - uri: fs:///data/notes # read daily
        access: [read]
    deny:
      - uri: "fs:///data/notes/secret"
        access: ["read"]
  resources:
    limits: {memory: 16Mi}
  network:
    allow:
      - host: "https://a.test:443"
`);
	});

	test('takes away a deny rule that stands in the way of what was chosen, and names everything that it adds', () => {
		const policy = `version: "1.0"
permissions:
  network: {allow: [{host: a.test}], deny: [{host: "b.test"}, {host: "c.test"}]}
`;
		const observed = [get('https://a.test/'), get('https://b.test/'), get('https://c.test/')];
		const options = { ...context, engine: 'documented', policy } as const;
		const { text } = proposePolicy(observed.slice(0, 2), options);
		expect(rules(text)).toEqual([
			'host: "https://a.test:443"',
			'host: "https://b.test:443"',
			'host: "c.test"',
		]);
		expect(newlyAllowed(observed, { ...options, before: policy, after: text })).toEqual([observed[1]]);
	});

	test('names what a grant brings along that nobody chose', () => {
		const read = (path: string): AccessRequest => ({ kind: 'storage', access: 'read', path });
		const world = {
			...assumedWorld(),
			stat: (path: string) => (/\.txt$/.test(path) ? ('file' as const) : ('directory' as const)),
		};
		const { text } = proposePolicy([read('/data/a.txt')], { ...context, engine: '0.8.0', world });
		const observed = [read('/data/a.txt'), read('/data/b.txt')];
		expect(
			newlyAllowed(observed, { before: 'version: "1.0"\n', after: text, engine: '0.8.0', world }),
		).toEqual(observed);
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

	test.each(['0.8.1', 'documented'])('makes the same of one policy and of another under %s', (engine) => {
		const requests: AccessRequest[] = Array.from({ length: 6 }, (_, index) => [
			get(`https://h${index % 3}.test/${index}`),
			{
				kind: 'storage',
				access: index % 3 ? 'read' : 'write',
				path: `/data/d${index % 5}/f${index}`,
			} as const,
			{ kind: 'environment', key: `K${index % 4}` } as const,
		]).flat();
		const printed = leastPolicy(
			[{ capability: 'storage', target: '/data/d1/f1', access: 'write' }],
			engine,
			'c',
		);
		const { text } = proposePolicy(requests, { ...context, engine });
		const edited = proposePolicy(requests, { ...context, engine, policy: `# Kept.\n${printed}` });
		expect(edited.isEdited).toBe(true);
		expect(edited.text).toMatch(/^# Kept\./);
		expect([...rules(edited.text)].sort()).toEqual([...rules(text)].sort());
	});
});
