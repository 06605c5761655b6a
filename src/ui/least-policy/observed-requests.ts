import type { ActivityEntry } from '../../core/activity';
import type { AccessRequest } from '../../core/policy/types';
import { accessRequestOf } from '../../core/request-of';

/** A request that a component made, however often. */
export interface ObservedRequest {
	readonly key: string;
	readonly request: AccessRequest;
	readonly times: number;
	/** Whether it was allowed when it was made last. */
	readonly allowed: boolean;
}

/** Most different requests that a proposal is made for: beyond it a list is no longer read. */
export const mostRequests = 200;

/** The different requests of a component that a policy governs, in the order they were first made. The first so many of them. */
export function observedRequests(
	activity: readonly ActivityEntry[],
	component: string,
): { readonly requests: readonly ObservedRequest[]; readonly left: number } {
	const found = new Map<string, ObservedRequest>();
	for (const entry of activity) {
		if (entry.kind !== 'host-call' || entry.component !== component) continue;
		const request = accessRequestOf(entry);
		if (!request) continue;
		const key = JSON.stringify(request);
		const times = (found.get(key)?.times ?? 0) + 1;
		found.set(key, { key, request, times, allowed: entry.outcome === 'allow' });
	}
	return {
		requests: [...found.values()].slice(0, mostRequests),
		left: Math.max(0, found.size - mostRequests),
	};
}
