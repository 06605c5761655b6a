import type { HostCallEntry, ToolCallEntry } from '../../core/activity';
import { obstacleOf, type Obstacle } from '../result/obstacle';
import type { Session } from '../session.svelte';

/** What stood in the way of a recorded call, said of its component's policy as far as that is what the call was made under. */
export function obstacleIn(session: Session, call: ToolCallEntry): Obstacle | null {
	const component = session.components.find(({ id }) => id === call.component);
	const entries = session.deck.activity.filter(
		(entry): entry is HostCallEntry => entry.kind === 'host-call' && entry.callId === call.callId,
	);
	const isNow = component && entries.every(({ revision }) => revision === component.revision);
	if (!isNow) return obstacleOf(call, entries, null);
	const { state, problems, grants } = session.policy.factsOf(component);
	return obstacleOf(call, entries, {
		state,
		problem: problems[0] ?? null,
		grants: grants.ok ? grants.value : null,
	});
}
