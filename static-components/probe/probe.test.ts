import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cannedHttp } from '../canned-http';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('probe.wasm', import.meta.url)));

interface Attempt {
	what: string;
	target: string;
	expected: string;
	got: string;
	detail: string;
}

describe('probe', () => {
	test('finds every host refused but the one that answers', async () => {
		const { imports, requests } = cannedHttp([{ url: 'https://allowed.example.com/' }]);
		const { probeNetwork } = await instantiate(bytes, { imports });
		const attempts: Attempt[] = probeNetwork();
		expect(attempts.filter(({ expected, got }) => expected !== got)).toEqual([]);
		expect(attempts[0]).toMatchObject({ got: 'granted', detail: 'status 200' });
		expect(requests.every((request) => request.startsWith('GET ') && request.endsWith('/'))).toBe(true);
	});

	test('counts what it got beyond the policy, and what it missed', async () => {
		const { imports } = cannedHttp([{ url: '*' }]);
		const { probe } = await instantiate(bytes, { imports, variables: { API_TOKEN: 'x', greeting: 'y' } });
		const report: { escapes: number; missing: number; attempts: Attempt[] } = probe();
		const count = (expected: string, got: string) =>
			report.attempts.filter((attempt) => attempt.expected === expected && attempt.got === got).length;
		expect(report.escapes).toBe(count('refused', 'granted'));
		expect(report.escapes).toBeGreaterThan(2);
		// The variable GREETING, and the folder.
		expect(report.missing).toBe(2);
		expect(count('granted', 'refused')).toBe(2);
	});
});
