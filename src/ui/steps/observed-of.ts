import type { ActivityEntry, ToolCallEntry } from '../../core/activity';
import type { Outgoing, Outlet } from '../../core/outlet';
import { observedActivity, type ObservedCall } from '../../core/scenario';

/** What the record tells of a call that ended by itself, for saving it; null of one that runs or was stopped. */
export function observedOf(
	activity: readonly ActivityEntry[],
	call: ToolCallEntry,
	outlet: Outlet,
): Outgoing<ObservedCall> | null {
	const { status, summary, callId } = call;
	if (status === 'running' || status === 'stopped') return null;
	return outlet.observed({
		outcome: status,
		// The words of an error differ from release to release, and its summary is not what the client was told.
		text: status === 'error' ? '' : summary,
		activity: observedActivity(activity, callId),
	});
}
