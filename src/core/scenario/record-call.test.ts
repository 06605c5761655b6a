import { seal } from '../outlet/outgoing';
import { describe, expect, test } from 'vitest';
import { checkCall, type ObservedCall } from './check-call';
import { compareObserved, expectationOf, recordedText } from './record-call';

const read = (target: string, outcome: 'allow' | 'deny' = 'allow') => ({
	capability: 'storage',
	target,
	outcome,
});
const observed = (parts: Partial<ObservedCall> = {}): ObservedCall => ({
	outcome: 'result',
	text: 'done',
	activity: [],
	...parts,
});

const sealed = (parts: Partial<ObservedCall>) => seal(observed(parts));

describe('what a call did, taken over as what is expected', () => {
	test('fits that call', () => {
		const call = observed({ activity: [read('/a'), read('/a'), read('/b', 'deny'), read('/a')] });
		expect(checkCall(expectationOf(seal(call)), call)).toBeNull();
	});

	test('names a decision once in a row, and only what policies speak of', () => {
		const clock = { capability: 'clock', target: 'now', outcome: 'allow' } as const;
		const { activity } = expectationOf(sealed({ activity: [read('/a'), clock, read('/a'), read('/b')] }));
		expect(activity).toEqual([read('/a'), read('/b')]);
	});

	test('leaves out what there was none of', () => {
		expect(expectationOf(sealed({ text: '' }))).toEqual({ outcome: 'result' });
	});

	test('expects a long text by its beginning', () => {
		expect(expectationOf(sealed({ text: 'x'.repeat(1e6) })).text).toHaveLength(recordedText);
	});
});

describe('the same call at two servers', () => {
	const say = (one: Partial<ObservedCall>, other: Partial<ObservedCall>) =>
		compareObserved(
			{ name: 'this page', observed: observed(one) },
			{ name: 'elsewhere', observed: observed(other) },
		);

	test.each<[Partial<ObservedCall>, Partial<ObservedCall>, string | null]>([
		[{}, {}, null],
		[{}, { activity: [read('/a')] }, null],
		[{}, { outcome: 'error' }, 'this page ended in a result, elsewhere in an error.'],
		[{ text: 'ab' }, { text: 'ac' }, 'character 2 on: this page has "b", elsewhere has "c".'],
		[{ text: 'ab' }, { text: 'a' }, 'this page has "b", elsewhere has nothing more.'],
	])('%j and %j', (one, other, words) => {
		if (words === null) expect(say(one, other)).toBeNull();
		else expect(say(one, other)).toContain(words);
	});
});
