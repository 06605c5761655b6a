import { expect, test } from 'vitest';
import { counted } from './counted-fetch';

test('a counted fetch tells the bytes of all responses together, and passes them on with their headers', async () => {
	const totals: number[] = [];
	const answer = async () => new Response('abc', { headers: { 'content-type': 'application/wasm' } });
	const fetch = counted(answer, (total) => totals.push(total));
	const response = await fetch('a');
	expect(response.headers.get('content-type')).toBe('application/wasm');
	expect(await response.text()).toBe('abc');
	await (await fetch('b')).arrayBuffer();
	expect(totals).toEqual([3, 6]);
});
