import { expect, test } from 'vitest';
import { scriptProblem } from './script-problem';

test.each([
	[
		'Failed to evaluate user JavaScript module: Failed to finish JavaScript module evaluation: Error: top\n    at <anonymous> (componentize-qjs:user.js:2:11)\n',
		{ in: 'source', message: 'Error: top', line: 2, column: 11 },
	],
	[
		"Failed to evaluate user JavaScript module: Failed to declare JavaScript module: Error: unexpected token in expression: ';'\n    at componentize-qjs:user.js:2:24\n",
		{ in: 'source', message: "Error: unexpected token in expression: ';'", line: 2, column: 24 },
	],
	['The call took longer than 5 ms.', { in: 'source', message: 'The call took longer than 5 ms.' }],
])('what the engine says is told with its place: %s', (words, problem) => {
	expect(scriptProblem({ message: words, denied: [] }, 'one\ntwo')).toEqual(problem);
});

test('a trap is put into words', () => {
	expect(
		scriptProblem({ message: 'wasm trap: wasm `unreachable` instruction executed', denied: [] }, '').message,
	).toMatch(/^The top level/);
});

test('what stands behind the last line of a script has no place in it', () => {
	const message =
		'Failed to evaluate user JavaScript module: TypeError: f is no function\n    at <anonymous> (componentize-qjs:user.js:3:1)\n';
	expect(scriptProblem({ message, denied: [] }, 'one\ntwo')).toEqual({
		in: 'source',
		message: 'TypeError: f is no function',
	});
});

test('what was denied at the top level is named', () => {
	const denied = [
		{
			capability: 'network',
			operation: 'GET',
			target: 'https://a.example/',
			outcome: 'deny',
			rule: null,
			reason: 'no-rule',
			at: 0,
		},
	] as const;
	expect(scriptProblem({ message: 'Error: fetch failed', denied }, '').message).toBe(
		'Error: fetch failed. The top level runs without a grant, and was denied: GET https://a.example/. Ask for it in a function.',
	);
});
