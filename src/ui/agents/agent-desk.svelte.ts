import { AgentCalls } from '../../mcp/agent/agent-calls';
import type { AgentRequest, AskPerson, PersonsAnswer } from '../../mcp/agent/agent-side';
import { Consent } from '../open/consent.svelte';

/** Something that an agent asks a person for. */
export interface AgentQuestion {
	readonly id: number;
	readonly request: AgentRequest;
}

interface Asked extends AgentQuestion {
	readonly settle: (answer: PersonsAnswer) => void;
}

/** Questions of agents that wait at once; one more is refused, so that nobody is worn down by a pile of them. */
const mostWaiting = 8;

/** What agents do on this page, as far as the person at it has a part in it: questions to answer, calls to stop. */
export class AgentDesk {
	readonly calls = new AgentCalls();
	/** A press counts for the question that has been on show for a second. */
	readonly consent: Consent;
	#asked = $state.raw<readonly Asked[]>([]);
	#lastId = 0;

	/** The one that is on show: the oldest. */
	question = $derived<AgentQuestion | null>(this.#asked[0] ?? null);
	/** How many wait behind it. */
	waiting = $derived(Math.max(0, this.#asked.length - 1));

	constructor(consent = new Consent()) {
		this.consent = consent;
	}

	ask: AskPerson = (request, signal) => {
		if (signal.aborted || this.#asked.length >= mostWaiting) return Promise.resolve('refused');
		return new Promise((resolve) => {
			const id = ++this.#lastId;
			const takeBack = () => this.#settle(id, 'refused');
			const settle = (answer: PersonsAnswer) => {
				signal.removeEventListener('abort', takeBack);
				resolve(answer);
			};
			this.#asked = [...this.#asked, { id, request, settle }];
			signal.addEventListener('abort', takeBack, { once: true });
			this.#show();
		});
	};

	/** Allows a question, where it is the one that was on show long enough to be read. */
	allow = (id: number): void => {
		if (this.question?.id === id && this.consent.covers(String(id))) this.#settle(id, 'allowed');
	};

	refuse = (id: number): void => this.#settle(id, 'refused');

	/** Another session takes the place of the one that was asked about. */
	leaveSession = (): void => {
		for (const { id } of this.#asked) this.#settle(id, 'refused');
	};

	#settle(id: number, answer: PersonsAnswer) {
		const asked = this.#asked.find((one) => one.id === id);
		this.#asked = this.#asked.filter((one) => one.id !== id);
		this.#show();
		asked?.settle(answer);
	}

	#show() {
		const shown = this.question;
		this.consent.show(shown && String(shown.id));
	}
}
