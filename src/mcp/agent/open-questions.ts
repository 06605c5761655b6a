import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { patienceMs } from '../elicitation';

/** Thrown where the person has to be asked first; the request that is made again with their answer goes on from there. */
export class NotYetAsked extends Error {
	constructor(
		readonly question: string,
		/** Names the question to whoever comes back with an answer. */
		readonly state: string,
	) {
		super('A person has not been asked yet.');
	}
}

/** What came back: nothing of either where a request is made for the first time. */
export interface Reply {
	readonly state: string | undefined;
	readonly action: ElicitResult['action'] | undefined;
}

/** Questions that wait for an answer at once; the oldest is forgotten where one more comes. */
const most = 64;

/**
 * What was asked of people through agents' programs that keep no connection open, so that an answer comes by another request. Each answer counts once,
 * for the very request that was asked about, and only for a while: none can be sent ahead, kept, or used for another request.
 */
export class OpenQuestions {
	readonly #asked = new Map<string, { readonly about: string; readonly until: number }>();
	readonly #now: () => number;

	/** `now`: milliseconds of a clock. */
	constructor(now: () => number) {
		this.#now = now;
	}

	/** The answer to a question about a request, which `about` tells from every other. Throws `NotYetAsked` where there is none. */
	answerTo(question: string, about: string, { state, action }: Reply): ElicitResult['action'] {
		const asked = state === undefined ? undefined : this.#asked.get(state);
		if (state !== undefined) this.#asked.delete(state);
		if (asked?.about === about && asked.until > this.#now() && action !== undefined) return action;
		const next = crypto.randomUUID();
		this.#asked.set(next, { about, until: this.#now() + patienceMs });
		if (this.#asked.size > most) this.#asked.delete(this.#asked.keys().next().value!);
		throw new NotYetAsked(question, next);
	}
}
