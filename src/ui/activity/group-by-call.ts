import type { ActivityEntry, HostCallEntry, OutputEntry, ToolCallEntry } from '../../core/activity';

export interface CallGroup {
	/** Null where the record no longer holds the start of the call. */
	readonly call: ToolCallEntry | null;
	readonly callId: number;
	readonly entries: readonly (HostCallEntry | OutputEntry)[];
}

/** Puts entries under their tool call, calls in the order they began. Calls that overlap are taken apart. */
export function groupByCall(activity: readonly ActivityEntry[]): readonly CallGroup[] {
	const groups = new Map<
		number,
		{ call: ToolCallEntry | null; callId: number; entries: (HostCallEntry | OutputEntry)[] }
	>();
	for (const entry of activity) {
		let group = groups.get(entry.callId);
		if (!group) {
			group = { call: null, callId: entry.callId, entries: [] };
			groups.set(entry.callId, group);
		}
		if (entry.kind === 'tool-call') group.call = entry;
		else group.entries.push(entry);
	}
	return [...groups.values()];
}
