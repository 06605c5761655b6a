import { expect, test } from 'vitest';
import { defaultLimits } from '../../core/call';
import { limitFields, limitOf, shownLimit } from './limits';

const field = (key: string) => limitFields.find((each) => each.key === key)!;

test('every limit has a field, and its default shows in few digits', () => {
	expect(limitFields.map(({ key }) => key).sort()).toEqual(Object.keys(defaultLimits).sort());
	expect(limitFields.map((each) => shownLimit(each, defaultLimits))).toEqual([
		...['30', '256', '64', '256', '64', '32'],
	]);
});

test.each([
	['callMs', 1.5, 1500],
	['callMs', 120, 120_000],
	['callMs', 121, null],
	['callMs', 0, null],
	['memoryBytes', 64, 64 * 2 ** 20],
	['requests', 0.2, 1],
	['outputBytes', Number.NaN, null],
	['responseBytes', -1, null],
])('%s set to %d is %d', (key, typed, limit) => {
	expect(limitOf(field(key), typed)).toBe(limit);
});
