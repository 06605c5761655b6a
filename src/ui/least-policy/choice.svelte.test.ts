import { describe, expect, test } from 'vitest';
import { Choice } from './choice.svelte';
import type { ObservedRequest } from './observed-requests';

const observed = (key: string, allowed: boolean): ObservedRequest => ({
	...{ key, allowed, times: 1 },
	request: { kind: 'environment', key },
});

describe('the choice of what a least policy allows', () => {
	test('begins with what was allowed, and nothing that was denied', () => {
		const choice = new Choice();
		const requests = [observed('A', true), observed('B', false), observed('C', true)];
		expect(requests.filter((one) => choice.has('guest', one)).map(({ key }) => key)).toEqual(['A', 'C']);
	});

	test('is a person’s where they made one, whatever becomes of the request, and of one component alone', () => {
		const choice = new Choice();
		choice.set('guest', observed('B', false), true);
		expect(choice.has('guest', observed('B', false))).toBe(true);
		expect(choice.has('other', observed('B', false))).toBe(false);
		choice.set('guest', observed('B', false), false);
		expect(choice.has('guest', observed('B', false))).toBe(false);
	});
});
