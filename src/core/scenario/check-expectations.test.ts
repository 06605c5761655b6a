import { describe, expect, test } from 'vitest';
import { checkExpectations } from './check-expectations';
import type { Scenario } from './schema';

const policy =
	'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "*.example.com"\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read"]\n';
const request = { kind: 'network', method: 'GET', url: 'https://a.example.com/' } as const;

const scenario = (changes: Partial<Scenario>): Scenario => ({
	version: 1,
	components: [{ id: 'a', source: { sample: 'fetch' }, policy }],
	world: { files: { '/data/a.txt': '' } },
	...changes,
});

describe('what-if rows', () => {
	test('ask the engine they name, and else that of the scenario', () => {
		const checked = checkExpectations(
			scenario({
				engine: '0.7.0',
				expectations: [
					{ request, outcome: 'deny' },
					{ request, outcome: 'allow', engine: 'documented' },
				],
			}),
		);
		expect(checked.map(({ engine, passed, name }) => [engine, passed, name])).toEqual([
			['0.7.0', true, 'GET https://a.example.com/ under 0.7.0'],
			['documented', true, 'GET https://a.example.com/ under documented'],
		]);
	});

	test('say what was decided instead', () => {
		const [row] = checkExpectations(scenario({ expectations: [{ request, outcome: 'allow' }] }));
		expect(row).toMatchObject({ passed: false, decision: { outcome: 'deny' } });
		expect(row?.message).toBe(
			'Expected allow, but: Denied to reach a.example.com over https: no rule of the policy grants it.',
		);
	});

	test('know which files the world has', () => {
		const read = { kind: 'storage', access: 'read', path: '/data/a.txt' } as const;
		const rows = { expectations: [{ request: read, outcome: 'allow' as const }] };
		expect(checkExpectations(scenario(rows))[0]?.passed).toBe(true);
		expect(checkExpectations(scenario({ ...rows, world: {} }))[0]?.message).toContain('os error 2');
	});

	test('fail where the component they name is not there', () => {
		const [row] = checkExpectations(
			scenario({ expectations: [{ request, outcome: 'deny', component: 'b' }] }),
		);
		expect(row).toMatchObject({ passed: false, message: 'The scenario has no component b.' });
	});
});
