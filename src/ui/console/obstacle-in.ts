import type { ActivityEntry, HostCallEntry, ToolCallEntry } from '../../core/activity';
import type { ActivityDesk } from '../activity/activity-desk';
import { isDenial, obstacleOf, type Obstacle } from '../result/obstacle';

/** What stood in the way of a recorded call, said of its component's policy as far as that is what the call was made under. */
export function obstacleIn(
	{ componentOf, policy }: Pick<ActivityDesk, 'componentOf' | 'policy'>,
	activity: readonly ActivityEntry[],
	call: ToolCallEntry,
): Obstacle | null {
	const entries = activity.filter(
		(entry): entry is HostCallEntry => entry.kind === 'host-call' && entry.callId === call.callId,
	);
	// Each component of a call has a policy of its own: it is about that of the one that was denied.
	const about = entries.find(isDenial)?.component ?? call.component;
	const component = componentOf(about);
	const isNow =
		component && entries.every((entry) => entry.component !== about || entry.revision === component.revision);
	if (!isNow) return obstacleOf(call, entries, null);
	const { state, problems, grants } = policy.factsOf(component);
	return obstacleOf(call, entries, {
		state,
		problem: problems[0] ?? null,
		grants: grants.ok ? grants.value : null,
	});
}
