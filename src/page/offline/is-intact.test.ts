import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isIntact } from './is-intact';

const script = 'export const a = 1;';
const integrity = `sha256-${createHash('sha256').update(script).digest('base64')}`;
const response = (body: string, type: string, status = 200) =>
	new Response(body, { status, headers: { 'content-type': type } });

test('a file as it was built is intact, and can still be read', async () => {
	const came = response(script, 'text/javascript; charset=utf-8');
	expect(await isIntact(came, 'assets/a.js', integrity)).toBe(true);
	expect(await came.text()).toBe(script);
	expect(await isIntact(response(script, 'application/octet-stream'), 'assets/a.wasm', integrity)).toBe(true);
});

test.each([
	['with another text', response('<h1>Sign in</h1>', 'text/javascript'), 'assets/a.js'],
	['as a page', response(script, 'text/html'), 'assets/a.js'],
	['as a page, of a kind that hosts send as anything', response(script, 'text/html'), 'assets/a.ttf'],
	['as plain text', response(script, 'text/plain'), 'assets/a.js'],
	['without a type', new Response(new TextEncoder().encode(script)), 'assets/a.css'],
	['as an error', response(script, 'text/javascript', 404), 'assets/a.js'],
])('one that comes %s is not', async (_, came, name) => {
	expect(await isIntact(came, name, integrity)).toBe(false);
});
