import type { ActivityEntry, HostCallEntry } from '../core/activity';
import type { EngineId } from '../core/policy/types';
import { traitsOf } from '../core/policy';

/**
 * The text by which a release reports that a guest trapped over a denied network request, or null where it reports the trap itself.
 * Releases before 0.6.0 blame a denial also when a later request was allowed.
 */
export function denialText(
	activity: readonly ActivityEntry[],
	callId: number,
	engine: EngineId,
): string | null {
	const { denialText: when } = traitsOf(engine);
	if (when === 'never') return null;
	const requests = activity.filter(
		(entry): entry is HostCallEntry =>
			entry.kind === 'host-call' && entry.callId === callId && isHttpDecision(entry),
	);
	const blamed =
		when === 'last-denial' ? requests.at(-1) : requests.findLast((entry) => entry.outcome === 'deny');
	if (blamed?.outcome !== 'deny') return null;
	const host = hostOf(blamed.target);
	return (
		`Network permission denied: Component '${blamed.component}' attempted to access '${blamed.target}' but does not have ` +
		`permission for host '${host}'.\n\nTo grant network access, use:\n  grant-network-permission ` +
		`--component-id="${blamed.component}" --host="${host}"`
	);
}

/** Sockets and requests that could not be read are refused before Wassette looks at its hosts. */
function isHttpDecision(entry: HostCallEntry): boolean {
	return entry.capability === 'network' && entry.reason !== 'socket' && entry.reason !== 'invalid-request';
}

function hostOf(target: string): string {
	return URL.canParse(target) ? new URL(target).hostname : target;
}
