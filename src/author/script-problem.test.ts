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
	expect(scriptProblem(words)).toEqual(problem);
});

test('a trap is put into words', () => {
	expect(scriptProblem('wasm trap: wasm `unreachable` instruction executed').message).toMatch(
		/^The top level/,
	);
});
