import { describe, expect, test } from 'vitest';
import { trapWords } from './trap-words';

const runtime = (message: string) => new WebAssembly.RuntimeError(message);

describe('a trap has the same words in every engine:', () => {
	test.each([
		['unreachable', 'unreachable', 'wasm `unreachable` instruction executed'],
		['unreachable', 'unreachable executed', 'wasm `unreachable` instruction executed'],
		[
			'unreachable',
			'Unreachable code should not be executed (evaluating "x")',
			'wasm `unreachable` instruction executed',
		],
		['memory', 'memory access out of bounds', 'out of bounds memory access'],
		['memory', 'Out of bounds memory access (evaluating "x")', 'out of bounds memory access'],
		['memory', 'index out of bounds', 'out of bounds memory access'],
		['table', 'table index is out of bounds', 'undefined element: out of bounds table access'],
		[
			'table',
			'Out of bounds call_indirect (evaluating "x")',
			'undefined element: out of bounds table access',
		],
		['division', 'divide by zero', 'integer divide by zero'],
		['division', 'remainder by zero', 'integer divide by zero'],
		['division', 'Division by zero (evaluating "x")', 'integer divide by zero'],
		['overflow', 'divide result unrepresentable', 'integer overflow'],
		['conversion', 'float unrepresentable in integer range', 'invalid conversion to integer'],
		['type', 'indirect call signature mismatch', 'indirect call type mismatch'],
		['null', 'indirect call to null', 'uninitialized element'],
	])('%s (%s)', (_, message, words) => {
		expect(trapWords(runtime(message))).toBe(`wasm trap: ${words}`);
	});

	test('one that has them already keeps them', () => {
		expect(trapWords(runtime('wasm trap: out of bounds memory access'))).toBe(
			'wasm trap: out of bounds memory access',
		);
	});

	test('one of a kind that is not known is a trap all the same', () => {
		expect(trapWords(runtime('something new'))).toBe('wasm trap: something new');
	});
});

describe('a handle that may not be used so is a trap:', () => {
	test.each([
		[
			new TypeError('Resource error: Not a valid "Descriptor" resource.'),
			'handle used with the wrong type, expected Descriptor',
		],
		[
			new TypeError('Resource borrow was not dropped at end of call'),
			'borrow handles still remain at the end of the call',
		],
		[runtime('unknown handle index 7'), 'unknown handle index 7'],
		[runtime('cannot remove owned resource while borrowed'), 'cannot remove owned resource while borrowed'],
	])('%s', (error, words) => {
		expect(trapWords(error)).toBe(`wasm trap: ${words}`);
	});
});

test('what is no trap has no words', () => {
	expect(trapWords(new TypeError('x is not a function'))).toBeNull();
	expect(trapWords('no-entry')).toBeNull();
});
