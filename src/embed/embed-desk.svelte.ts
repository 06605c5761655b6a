import type { Proposal } from './door';
import type { Result } from '../core/result';
import type { Scenario } from '../core/scenario';

/** A scenario that stands in the address of the page, or was fetched from one. */
export interface FoundScenario {
	readonly kind: 'found';
	readonly scenario: Scenario;
	/** Where it came from; null is the link itself. */
	readonly from: string | null;
}

/** Something that waits for the person's word. It is one object from when it is shown to when it is carried out. */
export type Offer = FoundScenario | Proposal;

export interface EmbedDeskParts {
	/** Opens a scenario. The error is a sentence. */
	readonly open: (scenario: Scenario) => Promise<Result<void, string>>;
	/** Fetches a scenario from an address. */
	readonly fetchScenario: (address: string) => Promise<Result<Scenario, string>>;
	/** Calls back once after so many milliseconds. */
	readonly later: (task: () => void, milliseconds: number) => void;
}

interface Pending {
	readonly offer: Offer;
	readonly carryOut: () => Promise<void>;
	readonly settle: { readonly resolve: () => void; readonly reject: (reason: Error) => void };
}

/** How long an offer is on show before it can be agreed to, in milliseconds: a press meant for what stood there before does not count. */
const settlingMs = 500;

/** What an embedded page offers, and what became of it. Nothing happens to an offer that the person did not agree to. */
export class EmbedDesk {
	readonly #parts: EmbedDeskParts;
	#pending = $state.raw<Pending | null>(null);
	#armed = $state.raw<Offer | null>(null);
	#busy = $state.raw<string | null>(null);
	#problem = $state.raw<string | null>(null);
	#address = $state.raw<string | null>(null);

	/** What waits for the person's word. */
	offer = $derived(this.#pending?.offer ?? null);
	/** Whether it has been on show for long enough. */
	armed = $derived(this.#armed !== null && this.#armed === this.#pending?.offer);
	/** What is being done now, in words; null is nothing. */
	busy = $derived(this.#busy);
	/** What went wrong last, as a sentence. */
	problem = $derived(this.#problem);
	/** The address that a scenario would be fetched from after a press. */
	address = $derived(this.#address);

	constructor(parts: EmbedDeskParts) {
		this.#parts = parts;
	}

	/** Says that there is nothing to offer, and why. */
	fail = (problem: string) => {
		this.#problem = problem;
	};

	/** Offers to fetch a scenario. */
	offerAddress = (address: string) => {
		this.#address = address;
		this.#problem = null;
	};

	fetchAddress = async (): Promise<void> => {
		const address = this.#address;
		if (address === null || this.#busy !== null) return;
		this.#busy = 'Fetching the scenario';
		this.#problem = null;
		const fetched = await this.#parts.fetchScenario(address);
		this.#busy = null;
		if (!fetched.ok) {
			this.#problem = fetched.error;
			return;
		}
		this.#address = null;
		this.offerScenario(fetched.value, address);
	};

	/** Offers a scenario that needs no fetching. */
	offerScenario = (scenario: Scenario, from: string | null) => {
		// What it comes to is seen on the page; nobody else waits for it.
		this.propose({ kind: 'found', scenario, from }, () => this.#open(scenario)).catch(() => {});
	};

	/** Puts something before the person. A proposal that comes later takes its place. */
	propose = (offer: Offer, carryOut: () => Promise<void>): Promise<void> => {
		this.#pending?.settle.reject(new Error('Another proposal took its place.'));
		this.#problem = null;
		return new Promise((resolve, reject) => {
			this.#pending = { offer, carryOut, settle: { resolve, reject } };
			this.#parts.later(() => {
				if (this.#pending?.offer === offer) this.#armed = offer;
			}, settlingMs);
		});
	};

	/** Carries out the offer that was shown, if it is still the one on show and has been for long enough. True once it is done. */
	accept = async (shown: Offer): Promise<boolean> => {
		const pending = this.#pending;
		if (!pending || pending.offer !== shown || this.#armed !== shown || this.#busy !== null) return false;
		this.#pending = null;
		this.#busy = 'Loading';
		try {
			await pending.carryOut();
			pending.settle.resolve();
			return true;
		} catch (error) {
			const reason = error instanceof Error ? error : new Error(String(error));
			this.#problem = reason.message;
			pending.settle.reject(reason);
			return false;
		} finally {
			this.#busy = null;
		}
	};

	/** Names what is being done for an offer that was agreed to. */
	report = (words: string) => {
		if (this.#busy !== null) this.#busy = words;
	};

	refuse = (shown: Offer) => {
		if (this.#pending?.offer !== shown) return;
		this.#pending.settle.reject(new Error('The person at the page refused.'));
		this.#pending = null;
	};

	#open = async (scenario: Scenario): Promise<void> => {
		const opened = await this.#parts.open(scenario);
		if (!opened.ok) throw new Error(opened.error);
	};
}
