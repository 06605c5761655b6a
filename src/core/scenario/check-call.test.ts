import { describe, expect, test } from 'vitest';
import { checkCall, type Expectation, type ObservedCall } from './check-call';

const read = { capability: 'storage', target: '/data/a.txt', outcome: 'allow' } as const;
const key = { capability: 'storage', target: '/home/key', outcome: 'deny' } as const;
const clock = { capability: 'clock', target: 'now', outcome: 'allow' } as const;

const observed: ObservedCall = { outcome: 'err', text: '{"err":"not there"}', activity: [read, clock, key] };

describe('a call held against what is expected of it', () => {
	test.each<[string, Expectation | undefined]>([
		['nothing is expected', undefined],
		['its outcome is', { outcome: 'err' }],
		['the text occurs in its result', { text: 'not there' }],
		['the host calls occur in this order', { activity: [read, key] }],
	])('fits where %s', (_, expectation) => {
		expect(checkCall(expectation, observed)).toBeNull();
	});

	test.each<[string, Expectation, string, string]>([
		['another outcome', { outcome: 'result' }, 'outcome', 'Expected a result, but it ended in an err'],
		['no such text', { text: 'hello' }, 'text', 'Expected the text "hello"'],
		[
			'another verdict',
			{ activity: [{ ...key, outcome: 'allow' }] },
			'activity',
			'Expected storage /home/key to be allowed, but it was denied.',
		],
		[
			'a host call that was not made',
			{ activity: [{ ...read, target: '/data/b.txt' }] },
			'activity',
			'Expected storage /data/b.txt to be allowed, but it was not asked for.',
		],
		['another order', { activity: [key, read] }, 'activity', 'after host call 3'],
		['fewer of the same', { activity: [read, read] }, 'activity', 'once more, after host call 1'],
	])('differs by %s', (_, expectation, at, message) => {
		expect(checkCall(expectation, observed)).toEqual({ at, message: expect.stringContaining(message) });
	});
});
