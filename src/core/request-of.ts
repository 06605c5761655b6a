import type { HostCall } from './activity';
import type { AccessRequest } from './policy/types';

/** Reasons of host calls that never put a question to the policy. */
const unasked: ReadonlySet<HostCall['reason']> = new Set([
	'not-governed',
	'socket',
	'forged',
	'stand-in',
	'linked',
]);

/** The request that a host call put to the policy, or null where no policy speaks of it. */
export function accessRequestOf(call: HostCall): AccessRequest | null {
	if (unasked.has(call.reason)) return null;
	switch (call.capability) {
		case 'network':
			return { kind: 'network', method: call.operation, url: call.target };
		case 'storage':
			return { kind: 'storage', access: call.access ?? 'read', path: call.target };
		case 'environment':
			return call.target === '' ? null : { kind: 'environment', key: call.target };
		case 'clock':
		case 'random':
		case 'output':
		case 'link':
			return null;
	}
}
