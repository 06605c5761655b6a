import { describe, expect, test } from 'vitest';
import type { HostCall } from './activity';
import { accessRequestOf } from './request-of';

const call = (changes: Partial<HostCall>): HostCall => ({
	capability: 'storage',
	operation: 'open-at read',
	target: '/a',
	outcome: 'allow',
	rule: null,
	reason: 'granted',
	at: 0,
	...changes,
});

describe('the request of a host call', () => {
	test.each([
		[call({}), { kind: 'storage', access: 'read', path: '/a' }],
		[call({ access: 'write' }), { kind: 'storage', access: 'write', path: '/a' }],
		[
			call({ capability: 'network', operation: 'PUT', target: 'https://a.test/' }),
			{ kind: 'network', method: 'PUT', url: 'https://a.test/' },
		],
		[call({ capability: 'environment', target: 'A' }), { kind: 'environment', key: 'A' }],
		[call({ reason: 'decoy', outcome: 'deny' }), { kind: 'storage', access: 'read', path: '/a' }],
	])('is what the policy was asked: %#', (entry, request) => expect(accessRequestOf(entry)).toEqual(request));

	test.each([
		call({ reason: 'not-governed', capability: 'clock' }),
		call({ reason: 'socket', capability: 'network' }),
		call({ reason: 'forged' }),
		// Its target names an interface, not a path or a URL.
		call({ reason: 'stand-in', capability: 'network', target: 'wasi:http/outgoing-handler@0.3.0' }),
		call({ capability: 'environment', target: '' }),
	])('is none where no policy was asked: %#', (entry) => expect(accessRequestOf(entry)).toBeNull());
});
