import type { Proposal } from './door';
import type { Result } from '../core/result';
import { localHostsOfAddress, type Scenario } from '../core/scenario';
import type { FollowOptions } from '../deck/scenario';
import { Consent, type Later } from '../ui/open/consent.svelte';
import { originIn } from '../ui/open/page-address';

/** How far what an offer fetches may be led elsewhere. */
interface Following {
	/** Origins that the person named, to which a redirect may lead too. */
	readonly origins: readonly string[];
	/** The last attempt ended in a redirect to somewhere else. */
	readonly redirected: boolean;
}

/** A scenario that stands in the address of the page, or was fetched from one. */
export interface FoundScenario extends Following {
	readonly kind: 'found';
	readonly scenario: Scenario;
	/** Where it came from; null is the link itself. */
	readonly from: string | null;
}

/** To fetch a scenario, and to show what it holds. */
export interface FetchOffer extends Following {
	readonly kind: 'fetch';
	readonly address: string;
}

/** Something that waits for the person's word. It is one object from when it is shown to when it is carried out. */
export type Offer = FoundScenario | FetchOffer | Proposal;

export interface EmbedDeskParts {
	/** Opens a scenario. The error is a sentence. */
	readonly open: (scenario: Scenario, follow: FollowOptions) => Promise<Result<void, string>>;
	/** Fetches a scenario from an address. */
	readonly fetchScenario: (address: string, follow: FollowOptions) => Promise<Result<Scenario, string>>;
	/** Hosts on the reader's own machine or network that carrying out an offer would reach or grant. */
	readonly localOf: (offer: Offer) => readonly string[];
	/** Default `setTimeout`. */
	readonly later?: Later;
}

interface Pending {
	readonly offer: Offer;
	readonly local: readonly string[];
	/** Another one for every offer. */
	readonly key: string;
	readonly carryOut: () => Promise<void>;
	readonly settle: { readonly resolve: () => void; readonly reject: (reason: Error) => void };
}

/** What an embedded page offers, and what became of it. Nothing happens to an offer that the person did not agree to. */
export class EmbedDesk {
	readonly #parts: EmbedDeskParts;
	#pending = $state.raw<Pending | null>(null);
	#confirmed = $state.raw<Offer | null>(null);
	#busy = $state.raw<string | null>(null);
	#problem = $state.raw<string | null>(null);
	#lastKey = 0;

	/** Whether a press counts yet. */
	readonly consent: Consent;
	/** What waits for the person's word. */
	offer = $derived(this.#pending?.offer ?? null);
	/** Hosts on the person's own machine or network that it would reach or grant: they take a press of their own. */
	local = $derived(this.#pending?.local ?? []);
	localConfirmed = $derived(this.#confirmed !== null && this.#confirmed === this.#pending?.offer);
	/** What is being done now, in words; null is nothing. */
	busy = $derived(this.#busy);
	/** What went wrong last, as a sentence. */
	problem = $derived(this.#problem);

	constructor(parts: EmbedDeskParts) {
		this.#parts = parts;
		this.consent = new Consent(parts.later);
	}

	/** Whether it can be agreed to now: it has been on show for long enough, and nothing has to be said before. */
	armed = $derived.by(() => this.consent.armed && (this.local.length === 0 || this.localConfirmed));

	/** Says that there is nothing to offer, and why. */
	fail = (problem: string) => {
		this.#problem = problem;
	};

	/** Offers to fetch a scenario. */
	offerAddress = (address: string) => this.#put({ kind: 'fetch', address, ...straight });

	/** Offers a scenario that needs no fetching. */
	offerScenario = (scenario: Scenario, from: string | null) =>
		this.#put({ kind: 'found', scenario, from, ...straight });

	/** Lets the redirects of a fetch lead to one more host, which is shown from now on. */
	allowOrigin = (shown: FoundScenario | FetchOffer, text: string) => {
		if (this.#pending?.offer !== shown) return;
		const origin = originIn(text);
		if (origin === null) this.#problem = 'This names no host. It is such as files.example.com.';
		else this.#put({ ...shown, origins: [...shown.origins.filter((one) => one !== origin), origin] });
	};

	/** Puts something before the person. A proposal that comes later takes its place. */
	propose = (offer: Offer, carryOut: () => Promise<void>): Promise<void> => {
		this.#pending?.settle.reject(new Error('Another proposal took its place.'));
		this.#problem = null;
		const key = `offer ${++this.#lastKey}`;
		const local = [
			...this.#parts.localOf(offer),
			...('origins' in offer ? offer.origins.flatMap(localHostsOfAddress) : []),
		];
		return new Promise((resolve, reject) => {
			this.#pending = { offer, local, key, carryOut, settle: { resolve, reject } };
			this.consent.show(key);
		});
	};

	/** The first of two presses, where hosts on the person's own machine or network are at stake; it counts as the second would. */
	confirmLocal = (shown: Offer) => {
		if (this.#pending?.offer !== shown || this.localConfirmed) return;
		if (!this.consent.covers(this.#pending.key)) return;
		this.#confirmed = shown;
		this.consent.settle();
	};

	/** Carries out the offer that was shown, if it is still the one on show and can be agreed to. True once it is done. */
	accept = async (shown: Offer): Promise<boolean> => {
		const pending = this.#pending;
		if (!pending || pending.offer !== shown || !this.consent.covers(pending.key)) return false;
		if (!this.armed || this.#busy !== null) return false;
		this.#take();
		this.#busy = shown.kind === 'fetch' ? 'Fetching the scenario' : 'Loading';
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
		this.#take();
	};

	/** Puts the offer aside: it was agreed to, or refused. */
	#take() {
		this.#pending = null;
		this.consent.show(null);
	}

	/** Puts something before the person that no page around has proposed: what it comes to is seen on the page. */
	#put = (offer: FoundScenario | FetchOffer): void =>
		void this.propose(offer, () => this.#carryOut(offer)).catch(() => {});

	async #carryOut(offer: FoundScenario | FetchOffer): Promise<void> {
		let redirected = false;
		const follow = { origins: offer.origins, onRedirect: () => (redirected = true) };
		const done =
			offer.kind === 'found'
				? await this.#parts.open(offer.scenario, follow)
				: await this.#parts.fetchScenario(offer.address, follow);
		// Something else may have been put before the person meanwhile.
		if (done.ok && done.value && offer.kind === 'fetch' && this.#pending === null)
			this.offerScenario(done.value, offer.address);
		if (done.ok) return;
		// It can be tried again; after a redirect, with the host that it leads to.
		if (this.#pending === null && (redirected || offer.kind === 'fetch'))
			this.#put({ ...offer, redirected: redirected || offer.redirected });
		throw new Error(done.error);
	}
}

/** Nothing has been led anywhere yet. */
const straight: Following = { origins: [], redirected: false };
