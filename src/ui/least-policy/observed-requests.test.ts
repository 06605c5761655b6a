import { expect, test } from 'vitest';
import type { HostCallEntry } from '../../core/activity';
import { mostRequests, observedRequests } from './observed-requests';

const entry = (changes: Partial<HostCallEntry>): HostCallEntry => ({
	kind: 'host-call',
	id: 1,
	callId: 1,
	tool: 't',
	component: 'c',
	engine: '0.8.1',
	source: 'page',
	revision: 0,
	capability: 'storage',
	operation: 'open-at read',
	target: '/a',
	outcome: 'allow',
	rule: null,
	reason: 'granted',
	at: 0,
	...changes,
});

test('observed requests are those of one component that a policy governs, each once', () => {
	const { requests } = observedRequests(
		[
			entry({}),
			entry({ operation: 'stat', outcome: 'deny' }),
			entry({ access: 'write' }),
			entry({ component: 'other', target: '/b' }),
			entry({ capability: 'clock', reason: 'not-governed' }),
			entry({ capability: 'network', operation: 'GET', target: 'https://a.test/', outcome: 'deny' }),
		],
		'c',
	);
	expect(requests.map(({ request, times, allowed }) => [request, times, allowed])).toEqual([
		[{ kind: 'storage', access: 'read', path: '/a' }, 2, false],
		[{ kind: 'storage', access: 'write', path: '/a' }, 1, true],
		[{ kind: 'network', method: 'GET', url: 'https://a.test/' }, 1, false],
	]);
});

test('so many different requests are cut, and counted', () => {
	const entries = Array.from({ length: mostRequests + 3 }, (_, index) => entry({ target: `/${index}` }));
	const { requests, left } = observedRequests(entries, 'c');
	expect([requests.length, left]).toEqual([mostRequests, 3]);
});
