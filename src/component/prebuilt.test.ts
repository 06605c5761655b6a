import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nodeTools } from './fixtures';
import { createPrebuilt } from './prebuilt';
import { writePrebuilt } from './prebuilt-file';
import { prebuiltPath } from './prebuilt-path';
import { transpile } from './transpile';

const bytes = new Uint8Array(
	readFileSync(new URL('../../static-components/time/time.wasm', import.meta.url)),
);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const key = { transpiler: 'worker-abc.js', mode: 'jspi', sha256 } as const;
const result = await transpile(bytes, { mode: 'jspi', tools: nodeTools });
if (!result.ok) throw new Error(result.error);
const made = result.value;
const text = JSON.stringify(writePrebuilt(made, bytes, key));

function site(answer: () => Promise<Response> | Response) {
	const asked: string[] = [];
	const programs = createPrebuilt({
		...key,
		has: (digest) => digest === sha256,
		address: (path) => `https://site.example/deck/${path}`,
		fetch: async (address) => {
			asked.push(String(address));
			return answer();
		},
	});
	return { programs, asked };
}

describe('what was made when the site was built', () => {
	test('is had from the site, telling how much has come', async () => {
		const { programs, asked } = site(() => new Response(text));
		const told: number[] = [];
		const got = await programs.get(sha256, bytes, { onBytes: (received) => told.push(received) });
		expect(got).toEqual(made);
		expect(asked).toEqual([`https://site.example/deck/${prebuiltPath(key)}`]);
		expect(told[0]).toBe(0);
		expect(told.at(-1)).toBe(new TextEncoder().encode(text).length);
	});

	test('is fetched once where it was fetched ahead', async () => {
		const { programs, asked } = site(() => new Response(text));
		programs.fetchAhead(sha256);
		programs.fetchAhead(sha256);
		expect(asked).toHaveLength(1);
		expect(await programs.get(sha256, bytes)).toEqual(made);
		expect(asked).toHaveLength(1);
		expect(await programs.get(sha256, bytes)).toEqual(made);
		expect(asked).toHaveLength(2);
	});

	test('is not asked for of a component that there is nothing of', async () => {
		const { programs, asked } = site(() => expect.unreachable());
		programs.fetchAhead('0'.repeat(64));
		expect(await programs.get('0'.repeat(64), bytes, { onBytes: () => expect.unreachable() })).toBeNull();
		expect(asked).toEqual([]);
	});

	test.each([
		['the site has no such file', () => new Response('', { status: 404 })],
		['the site answers with a page', () => new Response('<!doctype html>')],
		['the file is cut off', () => new Response(text.slice(0, -10))],
		['there is no connection', () => Promise.reject(new TypeError('Failed to fetch'))],
	])('is not there where %s', async (_, answer) => {
		const { programs } = site(answer);
		expect(await programs.get(sha256, bytes)).toBeNull();
		programs.fetchAhead(sha256);
		expect(await programs.get(sha256, bytes)).toBeNull();
	});

	test('is not waited for once loading was stopped', async () => {
		const { programs } = site(() => new Promise<Response>(() => {}));
		const stop = new AbortController();
		const got = programs.get(sha256, bytes, { signal: stop.signal });
		stop.abort();
		expect(await got).toBeNull();
		expect(await programs.get(sha256, bytes, { signal: stop.signal })).toBeNull();
	});
});
