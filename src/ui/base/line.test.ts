import { expect, test } from 'vitest';
import { takeLine, whenLineIsFree } from './line';

const settled = (promise: Promise<void>) =>
	Promise.race([promise.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false)))]);

test('the line is free once the last of what is waited for has come', async () => {
	expect(await settled(whenLineIsFree())).toBe(true);
	const first = takeLine();
	const second = takeLine();
	const free = whenLineIsFree();
	first();
	expect(await settled(free)).toBe(false);
	second();
	expect(await settled(free)).toBe(true);
	expect(await settled(whenLineIsFree())).toBe(true);
});
