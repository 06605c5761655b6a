import { describe, expect, test } from 'vitest';
import type { Scenario } from './schema';
import { summarize } from './summary';

const policy = (lines: string) => `version: "1.0"\npermissions:\n${lines}`;
const hosts = (...names: string[]) =>
	policy(`  network:\n    allow:\n${names.map((name) => `      - host: "${name}"\n`).join('')}`);
const withPolicy = (text: string | null, rest: Partial<Scenario> = {}): Scenario => ({
	version: 1,
	components: [{ id: 'a', source: { sample: 'files' }, policy: text }],
	...rest,
});

describe('the summary of a scenario', () => {
	test('says what a policy grants, in words', () => {
		const text = policy(
			'  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read", "write"]\n' +
				'  network:\n    allow:\n      - host: "api.example.com"\n    deny:\n      - host: "evil.example"\n' +
				'  environment:\n    allow:\n      - key: "HOME"\n',
		);
		const world = { files: { '/data': { directory: true } } } as const;
		expect(summarize(withPolicy(text, { world })).components[0]?.policy).toEqual({
			state: 'valid',
			failure: null,
			storage: ['read and write fs:///data'],
			network: ['api.example.com'],
			environment: ['HOME'],
			idle: ['not evil.example'],
			handsAllOver: null,
			unrestricted: [],
		});
	});

	test('says what the engine would really grant', () => {
		const world = { files: { '/data': { directory: true } } } as const;
		const policyOf = (text: string, engine: string) =>
			summarize(withPolicy(text, { engine, world })).components[0]?.policy;
		const wild = hosts('*.example.com', 'a.example');
		expect(policyOf(wild, '0.8.1')).toMatchObject({ network: ['a.example'], idle: ['*.example.com'] });
		expect(policyOf(wild, 'documented')).toMatchObject({ network: ['*.example.com', 'a.example'], idle: [] });
		expect(policyOf(hosts('https://a.example:8443/private'), '0.8.1')?.network).toEqual([
			'https://a.example (written https://a.example:8443/private)',
		]);
		const access = (uri: string) =>
			policy(`  storage:\n    allow:\n      - uri: "${uri}"\n        access: ["write"]\n`);
		expect(policyOf(access('fs:///data'), '0.8.1')?.storage).toEqual(['read and write fs:///data']);
		expect(policyOf(access('fs:///data'), '0.8.0')?.storage).toEqual(['write fs:///data']);
		expect(policyOf(access('fs:///gone'), '0.8.1')).toMatchObject({
			...{ state: 'failing', storage: [] },
			failure: 'No such file or directory (os error 2)',
		});
	});

	test('tells a policy that does not parse from none', () => {
		expect(summarize(withPolicy('{')).components[0]?.policy.state).toBe('invalid');
		expect(summarize(withPolicy(null)).components[0]?.policy.state).toBe('none');
	});

	test.each<[Scenario['components'][number]['source'], string | null, string | null]>([
		[{ sample: 'files' }, null, null],
		[{ url: 'https://example.com/a.wasm' }, 'https://example.com/a.wasm', null],
		[{ oci: 'ghcr.io/a/b:1' }, 'ghcr.io/a/b:1', null],
		[{ bytes: 'AGFzbQ' }, null, null],
		[{ file: 'mine.wasm' }, null, 'mine.wasm'],
	])('says where %j would come from', (source, address, supply) => {
		const [component] = summarize({ version: 1, components: [{ id: 'a', source, policy: null }] }).components;
		expect(component).toMatchObject({ address, supply });
	});

	test('says whether stand-ins answer', () => {
		const component = { id: 'a', source: { sample: 'files' }, policy: null };
		const standsIn = (more: object) =>
			summarize({ version: 1, components: [{ ...component, ...more }] }).components[0]?.standIns;
		expect([standsIn({}), standsIn({ standIns: false }), standsIn({ standIns: true })]).toEqual([
			false,
			false,
			true,
		]);
	});

	test('knows the size of what it carries', () => {
		const scenario: Scenario = {
			version: 1,
			components: [{ id: 'a', source: { bytes: 'AGFzbQ' }, policy: null }],
		};
		expect(summarize(scenario).components[0]?.size).toBe(4);
	});

	test('names the secrets that its reader supplies', () => {
		expect(
			summarize(withPolicy(null, { world: { variables: { HOME: '/', KEY: { secret: true } } } })).secrets,
		).toEqual(['KEY']);
	});

	test('lists calls with what is expected of them', () => {
		const calls: Scenario['calls'] = [
			{
				tool: 'read',
				arguments: { path: '/a' },
				expect: { outcome: 'err', activity: [{ capability: 'storage', target: '/a', outcome: 'deny' }] },
			},
			{ tool: 'list', arguments: { big: 2n ** 60n } },
		];
		expect(summarize(withPolicy(null, { calls })).calls).toEqual([
			{ tool: 'read', arguments: '{"path":"/a"}', expected: 'an err, 1 host call (0 allowed, 1 denied)' },
			{ tool: 'list', arguments: '{"big":"1152921504606846976"}', expected: 'nothing in particular' },
		]);
	});

	test('says which limits differ, and that only a person raises one', () => {
		const { limits } = summarize(withPolicy(null, { limits: { callMs: 1000, requests: 1000 } }));
		expect(limits).toEqual([
			'time of a call: at most 1,000 ms',
			'requests: at most 64 (it asks for more; only you can raise it)',
		]);
	});

	test.each([
		['localhost'],
		['localhost:8080'],
		['http://127.0.0.1:9000'],
		['192.168.1.1'],
		['[::1]'],
		['127.1'],
		['*'],
		['*.localhost'],
	])('asks for a word of its own before %s', (host) => {
		expect(summarize(withPolicy(hosts(host))).local).toEqual([host]);
	});

	test('asks for none before public hosts, denied ones, and any host where only routes answer', () => {
		expect(summarize(withPolicy(hosts('api.example.com', '8.8.8.8'))).local).toEqual([]);
		expect(summarize(withPolicy(policy('  network:\n    deny:\n      - host: "localhost"\n'))).local).toEqual(
			[],
		);
		expect(summarize(withPolicy(hosts('*'), { world: { network: 'routes' } })).local).toEqual([]);
		expect(summarize(withPolicy(hosts('localhost'), { world: { network: 'routes' } })).local).toEqual([
			'localhost',
		]);
	});

	test('asks before a range that holds addresses of a private network', () => {
		const range = policy('  network:\n    allow:\n      - cidr: "10.0.0.0/8"\n');
		expect(summarize(withPolicy(range)).local).toEqual(['10.0.0.0/8']);
	});

	test('asks before it fetches a component from there, and before calls that grant it', () => {
		const { local } = summarize({
			version: 1,
			components: [
				{ id: 'near', source: { url: 'http://127.1:4000/a.wasm' }, policy: null },
				{ id: 'far', source: { url: 'https://example.com/a.wasm' }, policy: null },
			],
			calls: [
				{ tool: 'load-component', arguments: { path: 'http://localhost.:8080/b.wasm' } },
				{ tool: 'load-component', arguments: { path: 'sample:files' } },
				{
					tool: 'grant-network-permission',
					arguments: { component_id: 'far', details: { host: '192.168.1.1' } },
				},
				{ tool: 'fetch', arguments: { path: 'http://localhost/', details: { host: 'localhost' } } },
			],
		});
		expect(local).toEqual(['127.0.0.1:4000', 'localhost.:8080', '192.168.1.1']);
	});
});
