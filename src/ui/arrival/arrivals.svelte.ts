import { SvelteSet } from 'svelte/reactivity';
import type { FoundComponents, FoundComponent } from '../../artifact/archive/found';
import type { LoadOptions } from '../../deck/deck';
import { Consent, type Later } from '../open/consent.svelte';
import type { Session } from '../session.svelte';
import { visibleText } from '../text/visible';
import type { Arrived, ComingPolicy } from './arrived';

type Desks = Pick<Session, 'live'>;

/** What a person is asked about what came. Replaced, never mutated. */
interface Card {
	readonly items: readonly Arrived[];
	readonly remarks: readonly string[];
	readonly answer: (taken: readonly TakenArrival[]) => void;
}

/** What goes into the deck of what came. */
export interface TakenArrival extends Pick<
	LoadOptions,
	'source' | 'policy' | 'signer' | 'provenance' | 'insisted'
> {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly id: string;
}

/** One row of the card, as it is now. */
export interface ArrivalRow {
	readonly item: Arrived;
	readonly policy: ComingPolicy | null;
	readonly isChosen: boolean;
	/** Its policy comes with it into the session. */
	readonly attaches: boolean;
	readonly insisted: boolean;
}

/** Asks before what came in an archive, or from a registry with a policy or signatures, is in the session: which of it, and with what. */
export class Arrivals {
	readonly #session: Desks;
	readonly consent: Consent;
	/** What reads arrivals, once something came. */
	#reader: typeof import('./arrived') | null = null;
	#card = $state.raw<Card | null>(null);
	#localConfirmed = $state(false);
	readonly #chosen = new SvelteSet<number>();
	readonly #attached = new SvelteSet<number>();
	readonly #insisted = new SvelteSet<number>();

	card = $derived(this.#card);
	localConfirmed = $derived(this.#localConfirmed);
	rows = $derived.by<readonly ArrivalRow[]>(() => {
		const { engine, world } = this.#session.live;
		return (this.#card?.items ?? []).map((item, index) => {
			const policy = this.#reader?.comingPolicy(item, engine, world) ?? null;
			return {
				...{ item, policy, isChosen: this.#chosen.has(index), insisted: this.#insisted.has(index) },
				attaches: policy !== null && (policy.isAttached || this.#attached.has(index)),
			};
		});
	});
	/** Hosts on the person's own machine or network that what is chosen would be granted. */
	local = $derived.by<readonly string[]>(() => {
		const hosts = this.rows.flatMap(({ isChosen, attaches, policy }) =>
			isChosen && attaches ? (policy?.local ?? []) : [],
		);
		return hosts.filter((host, at) => hosts.indexOf(host) === at);
	});
	/** What is still needed before it can be loaded, in words; null where nothing is. */
	missing = $derived.by(() => {
		const chosen = this.rows.filter(({ isChosen }) => isChosen);
		if (chosen.length === 0) return 'Choose which component to load.';
		const refused = chosen.find(({ item, insisted }) => item.judgement.isRefused && !insisted);
		if (refused) return `${visibleText(refused.item.id)} is not loaded unless you insist: see its signature.`;
		return this.local.length > 0 && !this.#localConfirmed
			? 'Say first whether it may reach your own machine or network.'
			: null;
	});
	/** Says what is on show: another text whenever a yes would be to something else. */
	digest = $derived.by(() =>
		JSON.stringify([
			this.#session.live.engine,
			this.rows.map(({ item, policy, isChosen, attaches, insisted }) => [
				...[item.id, item.found.artifact.component.sha256, policy?.text, isChosen, attaches, insisted],
			]),
		]),
	);

	constructor(session: Desks, later?: Later) {
		this.#session = session;
		this.consent = new Consent(later);
	}

	/**
	 * What of it is to be loaded, and with what: all of it where there is one component and nothing to be asked, else what a person says. None
	 * where the person turned it down.
	 */
	ask = async ({ components, remarks }: FoundComponents): Promise<readonly TakenArrival[]> => {
		this.dismiss();
		const { live } = this.#session;
		const signerOf = (id: string) => live.components.find((component) => component.id === id)?.signer;
		this.#reader ??= await import('./arrived');
		const items: Arrived[] = [];
		for (const found of components) items.push(await this.#reader.arrive(found, signerOf));
		const [only] = items;
		if (only && items.length === 1 && isPlain(only, remarks)) return [takenOf(only, null, false)];
		return new Promise((answer) => this.#show({ items, remarks, answer }));
	};

	choose = (index: number, isChosen: boolean) => this.#set(this.#chosen, index, isChosen);
	attach = (index: number, attaches: boolean) => this.#set(this.#attached, index, attaches);
	/** The person says that it is to be loaded although its signature does not fit. */
	insist = (index: number, insists: boolean) => this.#set(this.#insisted, index, insists);

	confirmLocal = () => {
		if (!this.consent.covers(this.digest)) return;
		this.#localConfirmed = true;
		this.consent.settle();
	};

	/** Takes what was chosen on the card that said `digest`. */
	load = (digest: string) => {
		const card = this.#card;
		if (!card || digest !== this.digest || this.missing !== null || !this.consent.covers(digest)) return;
		const chosen = this.rows.filter(({ isChosen }) => isChosen);
		this.#close(
			card,
			chosen.map(({ item, policy, attaches, insisted }) =>
				takenOf(item, attaches ? (policy?.text ?? null) : null, insisted),
			),
		);
	};

	dismiss = () => {
		if (this.#card) this.#close(this.#card, []);
	};

	#show(card: Card) {
		for (const set of [this.#chosen, this.#attached, this.#insisted]) set.clear();
		this.#localConfirmed = false;
		if (card.items.length === 1) this.#chosen.add(0);
		// A file beside it came by the same hand: it is offered as what goes with it.
		for (const [index, { found }] of card.items.entries())
			if (found.artifact.policy?.digest === null) this.#attached.add(index);
		this.#card = card;
		this.consent.show(this.digest);
	}

	#set(set: SvelteSet<number>, index: number, isIn: boolean) {
		if (isIn) set.add(index);
		else set.delete(index);
		this.#localConfirmed = false;
		this.consent.settle(this.digest);
	}

	#close(card: Card, taken: readonly TakenArrival[]) {
		if (this.#card !== card) return;
		this.#card = null;
		this.consent.show(null);
		card.answer(taken);
	}
}

function takenOf(
	{ id, found, provenance, signer }: Arrived,
	policy: string | null,
	insisted: boolean,
): TakenArrival {
	const { from, component } = found.artifact;
	const hasProvenance = provenance.signatures.length > 0 || provenance.lists !== undefined;
	return {
		...{ bytes: component.bytes, id, signer, insisted, policy },
		source: 'oci' in from ? { oci: from.oci } : { file: fileNameOf(found) },
		...(hasProvenance && { provenance }),
	};
}

const isPlain = ({ found, judgement, problems, provenance }: Arrived, remarks: readonly string[]): boolean =>
	found.artifact.policy === null &&
	judgement.state === 'unsigned' &&
	!judgement.isRefused &&
	provenance.signatures.length === 0 &&
	[...problems, ...remarks].length === 0;

const fileNameOf = ({ artifact: { from, component } }: FoundComponent): string =>
	component.title?.split('/').at(-1) ?? ('archive' in from ? from.archive : 'component.wasm');
