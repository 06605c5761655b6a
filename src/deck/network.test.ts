import { expect, test } from 'vitest';
import type { HostCall } from '../core/activity';
import type { Decision } from '../core/policy';
import { assumedWorld, compile, parsePolicy } from '../core/policy';
import { createNetwork } from './network';

const policy = parsePolicy(
	'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "a.example"\n',
);

test('a request that the page adds of its own accord is a row, with its decision, and nothing of it reaches the component', async () => {
	const rows: HostCall[] = [];
	const decision: Decision = {
		outcome: 'allow',
		request: { kind: 'network', method: 'HEAD', url: 'https://a.example/' },
		rule: { text: 'a.example', line: 5 },
		reason: 'granted',
		engine: 'documented',
	};
	const compiled = compile(policy, 'documented', assumedWorld());
	if (!compiled.ok) throw new Error(compiled.error.message);
	const network = createNetwork({
		grants: compiled.value,
		world: { routes: [], network: 'live' },
		fetchLive: async () => ({
			ok: false,
			error: { tag: 'internal-error', cause: 'cors' },
			probe: { decision, isThere: true, duration: 3 },
		}),
		record: (row) => rows.push(row),
		elapsed: () => 10,
		wait: async () => {},
	});
	const answer = await network({
		method: 'GET',
		url: 'https://a.example/',
		headers: [],
		body: null,
		timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
	});
	expect(answer).toEqual({ ok: false, error: { tag: 'internal-error', cause: 'cors' } });
	expect(rows).toMatchObject([
		{ operation: 'GET', outcome: 'allow', rule: { line: 5 } },
		{ operation: 'HEAD', outcome: 'allow', rule: { line: 5 }, result: 'answered', at: 7, duration: 3 },
	]);
});

test.each([
	['GET', 'from the route'],
	['HEAD', ''],
])('a %s that a route answers has the body that a server would give it', async (method, body) => {
	const compiled = compile(policy, 'documented', assumedWorld());
	if (!compiled.ok) throw new Error(compiled.error.message);
	const network = createNetwork({
		grants: compiled.value,
		world: {
			routes: [
				{ url: 'https://a.example/*', status: 203, headers: [['x-one', '1']], body: 'from the route' },
			],
			network: 'routes',
		},
		fetchLive: () => Promise.reject(new Error('asked the network')),
		record: () => {},
		elapsed: () => 10,
		wait: async () => {},
	});
	const timeouts = { connectMs: null, firstByteMs: null, betweenBytesMs: null };
	const answer = await network({ method, url: 'https://a.example/', headers: [], body: null, timeouts });
	if (!answer.ok) throw new Error(answer.error.tag);
	let text = '';
	for (let chunk = await answer.read(); chunk; chunk = await answer.read())
		text += new TextDecoder().decode(chunk);
	expect([answer.status, answer.headers, text]).toEqual([203, [['x-one', '1']], body]);
});
