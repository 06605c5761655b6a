import type { HostCallEntry } from './activity';
import { explain } from './policy';
import type { Decision } from './policy/types';
import { accessRequestOf } from './request-of';

/**
 * Plain sentences about a recorded host call. They quote the guest and the policy, so they are to be shown as text. `unfound` says why a component did
 * not find what its policy grants; null where it grants nothing of the kind.
 */
export function explainEntry(entry: HostCallEntry, unfound: string | null = null): string {
	switch (entry.reason) {
		case 'not-governed':
			return `No policy speaks of the ${entry.capability} capability: Wassette always allows it.`;
		case 'socket':
			return `Denied: Wassette gives no component a raw socket, whatever its policy says.`;
		case 'decoy':
			if (unfound !== null) return unfound;
			return `Denied: the path lies outside every directory that the policy grants. In Wassette it would not be there at all; this page shows that it was asked for.`;
		case 'stand-in':
			return `The component imports something that nothing here provides, so a stand-in answered with an empty value.`;
		case 'linked':
			return `A call of what another component provides: it answers in a sandbox of its own, under its own policy, and its rows bear its name.`;
		case 'forged':
			return `Denied: the sandbox reported a change that the policy does not allow, so the page did not keep it.`;
		default: {
			const request = accessRequestOf(entry);
			if (!request) return entry.outcome === 'allow' ? 'Allowed.' : 'Denied.';
			return explain(asDecision(entry, request, entry.reason));
		}
	}
}

const asDecision = (
	{ outcome, rule, detail, engine }: HostCallEntry,
	request: Decision['request'],
	reason: Decision['reason'],
): Decision => ({ outcome, request, rule, reason, detail, engine });
