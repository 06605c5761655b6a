/** One call of an agent while it is under way. */
export interface AgentCall {
	/** Aborted when a person stops it. */
	readonly signal: AbortSignal;
	/** It runs, under this id of the record. */
	readonly started: (callId: number) => void;
	readonly end: () => void;
}

/** The calls of agents that are under way, so that a person who watches can stop one. */
export class AgentCalls {
	readonly #running = new Map<number, AbortController>();

	begin(): AgentCall {
		const stop = new AbortController();
		let id: number | null = null;
		return {
			signal: stop.signal,
			started: (callId) => {
				id = callId;
				this.#running.set(callId, stop);
			},
			end: () => {
				if (id !== null) this.#running.delete(id);
			},
		};
	}

	/** Ends a call by its id in the record; false where none of that id is under way. */
	stop = (callId: number): boolean => {
		const call = this.#running.get(callId);
		call?.abort();
		return call !== undefined;
	};
}
