import type { ActivityEntry, HostCallEntry, ToolCallEntry } from '../../core/activity';
import type { ActivityDesk } from '../activity/activity-desk';
import { obstacleOf, type Obstacle } from '../result/obstacle';

/** What stood in the way of a recorded call, said of its component's policy as far as that is what the call was made under. */
export function obstacleIn(
	{ componentOf, policy }: Pick<ActivityDesk, 'componentOf' | 'policy'>,
	activity: readonly ActivityEntry[],
	call: ToolCallEntry,
): Obstacle | null {
	const component = componentOf(call.component);
	const entries = activity.filter(
		(entry): entry is HostCallEntry => entry.kind === 'host-call' && entry.callId === call.callId,
	);
	const isNow = component && entries.every(({ revision }) => revision === component.revision);
	if (!isNow) return obstacleOf(call, entries, null);
	const { state, problems, grants } = policy.factsOf(component);
	return obstacleOf(call, entries, {
		state,
		problem: problems[0] ?? null,
		grants: grants.ok ? grants.value : null,
	});
}
