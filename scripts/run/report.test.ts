import { expect, test } from 'vitest';
import type { RunRow } from '../../src/verify/run-tool';
import { parseArguments } from './arguments.mjs';
import { recordLines, resultText } from './report.mjs';

const row = (capability: string, reason: string, more: object = {}): RunRow => ({
	entry: {
		...{ kind: 'host-call', capability, reason, operation: 'op', target: '/a\u001b[2J\nb', outcome: 'allow' },
		...more,
	} as never,
	explanation: 'Allowed.\n::error::x',
});

test('the record has a line for each access, does nothing to a terminal, and holds no command for a runner', () => {
	const rows = [
		row('storage', 'granted'),
		row('network', 'no-rule', { outcome: 'deny', result: 'HTTP-request-denied' }),
		row('clock', 'not-governed'),
		{ entry: { kind: 'output', stream: 'stdout', text: '::error::x\nsecond\n' } as never, explanation: null },
	];
	expect(recordLines(rows, false)).toEqual([
		'✓ storage op /a\\u{1b}[2J\\u{a}b',
		'    Allowed.\\u{a}::error::x',
		'✕ network op /a\\u{1b}[2J\\u{a}b → HTTP-request-denied',
		'    Allowed.\\u{a}::error::x',
		'  stdout: ::error::x',
		'  stdout: second',
	]);
	expect(recordLines(rows, true)).toHaveLength(8);
});

test('the result is its texts as they are, and anything else as JSON', () => {
	const content = [
		{ type: 'text' as const, text: '{"a": 1}' },
		{ type: 'image' as const, data: '', mimeType: 'image/png' },
	];
	expect(resultText({ content })).toBe('{"a": 1}\n{"type":"image","data":"","mimeType":"image/png"}');
});

test('the words of a call are options, a component, a tool and its arguments', () => {
	expect(
		parseArguments(['a.wasm', '--policy', 'p.yaml', 'tool', 'x=1', '--json', '--', '--odd=2']),
	).toMatchObject({
		ok: true,
		options: { component: 'a.wasm', tool: 'tool', args: ['x=1', '--odd=2'], policy: 'p.yaml', json: true },
	});
	expect(parseArguments(['a.wasm'])).toMatchObject({ ok: false });
	expect(parseArguments(['a.wasm', 't', '--timeout', 'soon'])).toMatchObject({ ok: false });
	expect(parseArguments(['--help']).ok).toBe(true);
});
