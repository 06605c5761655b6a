import { expect, test } from 'vitest';
import type { Json } from '../core/wit/types';
import { readResult } from './read-result';
import { encodeResult } from './runner/result-text';
import { createSlices } from './slices';

const through = (json: Json) =>
	readResult(
		encodeResult(json),
		createSlices(() => 0),
	);

test.each<[Json]>([
	[-0],
	[[0, -0, 1.5]],
	[18_446_744_073_709_551_615n],
	[{ a: -9_223_372_036_854_775_808n, b: ['n1', 's'], c: -0 }],
	['text'],
	[null],
])('a result %o crosses the wall as it is', async (json) => {
	expect(await through(json)).toStrictEqual(json);
});
