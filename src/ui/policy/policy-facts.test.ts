import { describe, expect, test } from 'vitest';
import { assumedWorld } from '../../core/policy';
import { meaningOfNone } from './meaning-of-none';
import { policyFacts } from './policy-facts';

const storage = (uri: string) =>
	`version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "${uri}"\n        access: [read]\n`;
const facts = (text: string | null, engine: string) => policyFacts(text, engine, assumedWorld());

describe('the facts of a policy', () => {
	test.each([
		[null, '0.8.1', 'none'],
		['version: [', '0.8.1', 'invalid'],
		[storage('fs:///a/**'), '0.8.1', 'failing'],
		[storage('fs:///a/**'), 'documented', 'usable'],
	])('%j under %s: %s', (text, engine, state) => expect(facts(text, engine).state).toBe(state));

	test('name first what every call is answered with, at the rule to blame', () => {
		const [first] = facts(storage('fs:///a/**'), '0.8.1').problems;
		expect(first).toMatchObject({
			severity: 'error',
			code: 'fails-every-call',
			line: 5,
			column: 7,
			endColumn: 26,
		});
		expect(first!.message).toContain('No such file or directory (os error 2)');
	});

	test('hold the warnings that concern the engine, also for a release that is not in the table', () => {
		const codes = (engine: string) =>
			facts('version: "1.0"\npermissions: {network: {allow: [{host: "*.a.test"}]}}\n', engine).problems.map(
				({ code }) => code,
			);
		expect(codes('0.5.0')).toEqual(['host-wildcard']);
		expect(codes('0.8.1')).toEqual(['host-wildcard']);
		expect(codes('documented')).toEqual([]);
	});
});

test.each([
	['0.8.0', 'every configured variable'],
	['0.5.0', 'every configured variable'],
	['0.8.1', 'nothing'],
	['documented', 'nothing'],
])('no policy means under %s that a component gets %s', (engine, what) =>
	expect(meaningOfNone(engine)).toContain(`gets ${what}`),
);
