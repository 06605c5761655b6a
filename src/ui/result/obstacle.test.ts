import { describe, expect, test } from 'vitest';
import type { HostCallEntry, ToolCallEntry } from '../../core/activity';
import { assumedWorld, evaluate, type AccessRequest } from '../../core/policy';
import { policyFacts } from '../policy/policy-facts';
import { obstacleOf } from './obstacle';

const read = (path: string): AccessRequest => ({ kind: 'storage', access: 'read', path });
const write = (path: string): AccessRequest => ({ kind: 'storage', access: 'write', path });
const get = (url: string): AccessRequest => ({ kind: 'network', method: 'GET', url });
const env = (key: string): AccessRequest => ({ kind: 'environment', key });

const policy = (...permissions: string[]) =>
	['version: "1.0"', 'permissions:', ...permissions, ''].join('\n');
const data = ['  storage:', '    allow:', '      - { uri: "fs:///data", access: [read] }'];

const call = (changes: Partial<ToolCallEntry> = {}): ToolCallEntry => ({
	kind: 'tool-call',
	id: 1,
	callId: 1,
	tool: 't',
	component: 'c',
	engine: '0.8.1',
	arguments: {},
	status: 'err',
	end: 'returned',
	summary: 'no',
	at: 0,
	revision: 0,
	...changes,
});

function entryOf(text: string | null, request: AccessRequest, engine = '0.8.1'): HostCallEntry {
	const { outcome, rule, reason, detail } = evaluate(text, engine, assumedWorld(), request);
	const about = { outcome, rule, reason, ...(detail !== undefined && { detail }) };
	const header = { kind: 'host-call', id: 2, callId: 1, tool: 't', component: 'c', engine } as const;
	const at = { at: 0, revision: 0, source: 'page' } as const;
	switch (request.kind) {
		case 'storage':
			return {
				...header,
				...at,
				...about,
				capability: 'storage',
				operation: 'open-at',
				target: request.path,
				access: request.access,
			};
		case 'network':
			return {
				...header,
				...at,
				...about,
				capability: 'network',
				operation: request.method,
				target: request.url,
			};
		case 'environment':
			return {
				...header,
				...at,
				...about,
				capability: 'environment',
				operation: 'get-environment',
				target: request.key,
			};
	}
}

function now(text: string | null, engine = '0.8.1') {
	const { state, problems, grants } = policyFacts(text, engine, assumedWorld());
	return { state, problem: problems[0] ?? null, grants: grants.ok ? grants.value : null };
}

function said(text: string | null, request: AccessRequest, engine = '0.8.1') {
	const found = obstacleOf(call(), [entryOf(text, request, engine)], now(text, engine));
	return found && `${found.kind}: ${found.what}. ${found.why}`;
}

describe('the obstacle of a call', () => {
	test.each([
		[
			policy(...data),
			read('/home/user'),
			'denied: read /home/user. No rule grants it; line 5 grants only /data.',
		],
		[
			policy(...data, '      - { uri: "fs:///tmp", access: [read, write] }'),
			read('/home'),
			'denied: read /home. No rule grants it; lines 5 and 6 grant only /data and /tmp.',
		],
		[
			policy(...data),
			write('/home/a'),
			'denied: write /home/a. No rule grants it, and the policy grants no writing of files at all.',
		],
		[
			policy(...data),
			write('/data/a'),
			'denied: write /data/a. Line 5 (uri: "fs:///data", access: [read]) grants the path, but not to write it.',
		],
		[
			policy('  network: { allow: [{ host: a.test }] }'),
			get('https://b.test/x'),
			'denied: GET https://b.test/x. No rule grants it; line 3 grants only a.test.',
		],
		[
			policy(...data),
			env('TOKEN'),
			'denied: variable TOKEN. No rule grants it, and the policy grants no variables at all.',
		],
		[null, read('/x'), 'denied: read /x. The component has no policy, so nothing is granted.'],
	])('says what was denied and by what', (text, request, expected) => {
		expect(said(text, request)).toBe(expected);
	});

	test('names the rule that denies', () => {
		const text = policy('  network: { allow: [{ host: "*.test" }], deny: [{ host: b.test }] }');
		expect(said(text, get('https://b.test/'), 'documented')).toBe(
			'denied: GET https://b.test/. Line 3 (host: b.test) denies it.',
		);
	});

	test('names the problem of a policy that does not parse', () => {
		const text = 'version: "1.0"\npermissions: [';
		const found = obstacleOf(call(), [entryOf(text, read('/x'))], now(text));
		expect(found).toMatchObject({ kind: 'policy', what: 'read /x' });
		expect(found?.why).toMatch(/^The policy does not parse, so none of its rules counts: line \d, /);
	});

	test('speaks of a policy under which no call starts', () => {
		const text = policy('  storage: { allow: [{ uri: "fs:///a/**", access: [read] }] }');
		const found = obstacleOf(call({ status: 'error', end: 'refused' }), [], now(text));
		expect(found).toMatchObject({ kind: 'policy', entry: null });
	});

	test('gives the first denial and counts the others, and leaves out what no policy speaks of', () => {
		const text = policy(...data);
		const entries = [
			entryOf(text, read('/data/a')),
			{ ...entryOf(text, read('/x')), reason: 'stand-in', outcome: 'deny' } as const,
			entryOf(text, read('/home')),
			entryOf(text, read('/etc')),
		];
		expect(obstacleOf(call({ status: 'result' }), entries, now(text))).toMatchObject({
			what: 'read /home',
			more: 1,
		});
		expect(obstacleOf(call({ status: 'result' }), entries.slice(0, 2), now(text))).toBeNull();
	});

	test('says less where the policy changed since', () => {
		const found = obstacleOf(call(), [entryOf(policy(...data), read('/home'))], null);
		expect(found).toMatchObject({ why: 'No rule granted it.', line: null });
	});

	test.each([
		{ status: 'stopped', end: 'limited', limit: 'memoryBytes', summary: 'It used more.' },
		{
			status: 'error',
			end: 'refused',
			summary: 'The component needs 2 MiB of memory to start, and the limit is 1 MiB.',
		},
	] as const)('names the line that limits memory, or that none does', (ended) => {
		const text = policy('  resources: { limits: { memory: 1Mi } }');
		const limited = obstacleOf(call(ended), [], now(text));
		expect(limited).toMatchObject({ kind: 'memory', line: 3 });
		expect(limited?.why).toContain('Line 3 of the policy sets the limit');
		expect(obstacleOf(call(ended), [], now(policy(...data)))?.why).toContain("this run's does");
	});

	test('leaves what a trap says of itself to the result', () => {
		const ended = {
			status: 'error',
			end: 'trapped',
			summary: 'wasm trap (before that, it had been refused more memory than the limit of 1 bytes; raise it)',
		} as const;
		expect(obstacleOf(call(ended), [], now(policy('  resources: { limits: { memory: 1Mi } }')))?.why).toBe(
			'Line 3 of the policy sets the limit (memory: 1Mi). The component was refused more than that, and broke off.',
		);
	});

	test('tells a redirect from a route that plays a denial', () => {
		const allowed = {
			...entryOf(policy('  network: { allow: [{ host: a.test }] }'), get('https://a.test/')),
			result: 'HTTP-request-denied',
			detail: 'The server redirected.',
		};
		expect(obstacleOf(call(), [allowed], null)).toMatchObject({
			kind: 'redirect',
			entry: allowed,
			why: 'It was allowed. The server redirected.',
		});
		expect(
			obstacleOf(call(), [{ ...allowed, detail: 'Answered by the route https://a.test/' }], null),
		).toBeNull();
	});
});
