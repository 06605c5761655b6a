import type { Json } from '../core/wit/types';
import type { ActivityEntry, HostCall, HostCallEntry, OutputEntry, ToolCallEntry } from '../core/activity';

/** Entries kept; beyond it the oldest quarter goes, so that a session left running does not grow without end. */
const maxEntries = 400_000;

/** What all entries of one call share. */
export interface CallHeader {
	readonly callId: number;
	readonly tool: string;
	readonly component: string;
	readonly engine: string;
	readonly revision: number;
}

/**
 * When listeners are told of additions, in milliseconds: most calls are over by then, and are drawn once. A person sees no difference, and
 * the result is not kept waiting behind a drawing of its call's beginning.
 */
const tellMs = 48;

/** The record of a session, in order. Additions show in `entries` at once; listeners are told of several together, and of a call's end in the next task. */
export class ActivityLog {
	#entries: readonly ActivityEntry[] = [];
	#pending: ActivityEntry[] = [];
	#nextId = 1;
	/** Whether there is something that listeners were not told. */
	#untold = false;

	constructor(
		private readonly announce: () => void,
		private readonly schedule: (task: () => void, milliseconds: number) => void,
	) {}

	/** Everything so far: a new array whenever something was added. */
	get entries(): readonly ActivityEntry[] {
		if (this.#pending.length > 0) {
			const all = this.#entries.concat(this.#pending);
			this.#entries = all.length > maxEntries ? all.slice(all.length - (maxEntries * 3) / 4) : all;
			this.#pending = [];
		}
		return this.#entries;
	}

	startCall(
		header: CallHeader,
		args: Json,
		at: number,
		marks: Pick<ToolCallEntry, 'notLoadedThere' | 'by'> = {},
	): ToolCallEntry {
		const { callId, tool, component, engine, revision } = header;
		const entry: ToolCallEntry = {
			kind: 'tool-call',
			id: this.#nextId++,
			...{ callId, tool, component, engine, revision },
			arguments: args,
			status: 'running',
			...marks,
			summary: '',
			at,
		};
		this.#add(entry);
		return entry;
	}

	/** Replaces a call's entry by one that says how it ended. */
	endCall(
		entry: ToolCallEntry,
		end: Pick<ToolCallEntry, 'status' | 'end' | 'limit' | 'summary' | 'duration' | 'times'>,
	): void {
		const entries = this.entries.slice();
		const at = entries.findLastIndex(({ id }) => id === entry.id);
		if (at >= 0) entries[at] = { ...entry, ...end };
		this.#entries = entries;
		this.#untold = true;
		this.schedule(this.#tell, 0);
	}

	/** Gives the id of the entry. */
	hostCall(header: CallHeader, call: HostCall, source: HostCallEntry['source']): number {
		const id = this.#nextId++;
		this.#add({ ...call, ...header, kind: 'host-call', id, source });
		return id;
	}

	/** Joins what directly follows on the same stream of the same call into one entry. */
	output(header: CallHeader, stream: OutputEntry['stream'], text: string, at: number): void {
		const last = this.#pending.at(-1);
		if (last?.kind === 'output' && last.callId === header.callId && last.stream === stream) {
			this.#pending[this.#pending.length - 1] = { ...last, text: last.text + text };
			return;
		}
		const { callId, tool, component } = header;
		this.#add({ kind: 'output', id: this.#nextId++, callId, tool, component, stream, text, at });
	}

	clear(): void {
		this.#entries = this.entries.filter((entry) => entry.kind === 'tool-call' && entry.status === 'running');
		this.#announceSoon();
	}

	/** Puts a record that was kept in the place of what is here. Calls that ran when it was put aside were stopped then. */
	replace(entries: readonly ActivityEntry[]): void {
		this.#pending = [];
		this.#entries = entries.map((entry) =>
			entry.kind === 'tool-call' && entry.status === 'running'
				? { ...entry, status: 'stopped', summary: 'stopped' }
				: entry,
		);
		this.#announceSoon();
	}

	/** Puts entries back that were cleared away, each in its place; what is here stays as it is. */
	putBack(entries: readonly ActivityEntry[]): void {
		const here = new Map(this.entries.map((entry) => [entry.id, entry]));
		for (const entry of entries) if (!here.has(entry.id)) here.set(entry.id, entry);
		if (here.size === this.#entries.length) return;
		this.#entries = [...here.values()].sort((one, other) => one.id - other.id);
		this.#announceSoon();
	}

	#add(entry: ActivityEntry): void {
		this.#pending.push(entry);
		this.#announceSoon();
	}

	#announceSoon(): void {
		if (this.#untold) return;
		this.#untold = true;
		this.schedule(this.#tell, tellMs);
	}

	#tell = () => {
		if (!this.#untold) return;
		this.#untold = false;
		this.announce();
	};
}
