import { seal } from '../outlet/outgoing';
import { describe, expect, test } from 'vitest';
import type { HostCallEntry, ToolCallEntry } from '../activity';
import { assumedWorld } from '../policy';
import { checkDecisions } from './check-expectations';
import { fenced, inline, issueReport, markdownLink } from './markdown';
import { countOfPart, withoutParts, type ScenarioPart } from './parts';
import { printScenario } from './print';
import type { Scenario } from './schema';

const policy =
	'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read"]\n';
const scenario: Scenario = {
	version: 1,
	title: 'A title',
	description: 'Words',
	engine: '0.8.1',
	components: [{ id: 'a', source: { sample: 'files' }, sha256: 'a'.repeat(64), policy }],
	world: { files: { '/data/a': 'x' }, variables: { A: 'b' }, routes: [{ url: 'https://a.example/' }] },
	limits: { callMs: 5 },
	calls: [{ tool: 'read', arguments: { path: '/data/a' }, expect: { outcome: 'result' } }],
	expectations: [{ request: { kind: 'storage', access: 'read', path: '/data/a' }, outcome: 'allow' }],
};
const all: readonly ScenarioPart[] = [
	...(['words', 'files', 'variables', 'routes', 'calls', 'expected', 'expectations', 'limits'] as const),
];

describe('leaving parts out of a scenario', () => {
	test.each(all)('takes out %s and nothing else', (part) => {
		const rest = withoutParts(seal(scenario), new Set([part]));
		expect(countOfPart(scenario, part)).toBeGreaterThan(0);
		expect(countOfPart(rest, part)).toBe(0);
		const untouched = all.filter((other) => other !== part && !(part === 'calls' && other === 'expected'));
		for (const other of untouched) expect(countOfPart(rest, other), other).toBe(countOfPart(scenario, other));
	});

	test('never takes out components, policies and the engine', () => {
		expect(printScenario(withoutParts(seal(scenario), new Set(all)))).toBe(
			JSON.stringify({ version: 1, engine: '0.8.1', components: scenario.components }),
		);
	});

	test('changes nothing where nothing is left out', () => {
		expect(printScenario(withoutParts(seal(scenario), new Set()))).toBe(printScenario(scenario));
	});
});

describe('Markdown of a scenario', () => {
	test('cannot be ended by what it quotes', () => {
		expect(fenced('a\n```\nb')).toBe('````\na\n```\nb\n````');
		expect(inline('[x](javascript:alert(1)) <b>| `c`\n# d')).not.toMatch(/[[\]()<>|`\n]|# /);
	});

	test('is a link with its title', () => {
		expect(markdownLink(seal({ ...scenario, title: 'a]b' }), seal('https://d.example/#td1.x'))).toBe(
			'[a&#93;b](https://d.example/#td1.x)',
		);
		expect(markdownLink(seal({ ...scenario, title: undefined }), seal('https://d.example/'))).toContain(
			'[Open in Tapedeck]',
		);
	});

	test('reports versions, policy, call and decisions, without secrets', () => {
		const common = { callId: 1, tool: 'read', component: 'a', engine: '0.8.1', at: 0, id: 1 };
		const call: ToolCallEntry = {
			...common,
			kind: 'tool-call',
			revision: 1,
			arguments: { key: 'hunter2' },
			status: 'err',
			summary: 'no hunter2',
		};
		const hostCall: HostCallEntry = {
			...common,
			...{ kind: 'host-call', capability: 'storage', operation: 'open-at read', target: '/x|hunter2' },
			...{ outcome: 'deny', rule: null, reason: 'no-rule', source: 'sandbox', revision: 1 },
		};
		const report = issueReport({
			scenario: seal(scenario),
			address: seal('https://d.example/#td1.x'),
			tapedeck: '9.9.9',
			browser: 'Firefox 1',
			call: seal(call),
			hostCalls: seal([hostCall]),
			shown: (text) => text.replaceAll('hunter2', '[secret KEY]'),
			releases: '**Reproduced in 1 of 8 releases: 0.8.1.**',
			otherEngines: () => 'allowed by Wassette 0.2.0',
		});
		for (const part of ['Wassette 0.8.1', 'Tapedeck 9.9.9', 'Firefox 1', policy.trim(), 'a'.repeat(64)])
			expect(report).toContain(part);
		expect(report).toContain(
			'| denied | open&#45;at read /x&#124;&#91;secret KEY&#93; | no rule | allowed by Wassette 0.2.0 |',
		);
		expect(report).toContain('### Releases\n\n**Reproduced in 1 of 8 releases: 0.8.1.**');
		expect(report).not.toContain('hunter2');
	});
});

describe('what-if rows', () => {
	test('are asked of their component, or of the first', () => {
		const ask = (expectation: NonNullable<Scenario['expectations']>[number]) =>
			checkDecisions([expectation], {
				components: scenario.components,
				engine: '0.8.1',
				view: assumedWorld(),
			})[0];
		const request = { kind: 'storage', access: 'write', path: '/data/a' } as const;
		expect(ask({ request, outcome: 'deny' })).toMatchObject({ passed: true, component: 'a' });
		expect(ask({ request, outcome: 'allow' })).toMatchObject({ passed: false });
		expect(ask({ request, outcome: 'deny', component: 'gone' })).toMatchObject({
			passed: false,
			decision: null,
		});
	});
});
