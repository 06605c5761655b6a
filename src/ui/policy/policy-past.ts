import { itemAt } from '../../core/item-at';
import type { Deck, DeckComponent } from '../../deck/deck';

/** A policy text that a component had before, and what it is called. */
export interface PastPolicy {
	readonly name: string;
	/** Null is no policy. */
	readonly text: string | null;
}

/** Texts under which calls were made that are remembered of a component. */
const most = 4;

interface Known {
	readonly sha256: string;
	readonly loaded: string | null;
	/** Newest first, each once. */
	readonly calls: readonly (string | null)[];
}

/** What policies were: when their components came, and when calls were made. It goes with the session. */
export class PolicyPast {
	readonly #deck: Pick<Deck, 'components' | 'activity' | 'session'>;
	#known = new Map<string, Known>();
	#session: number;
	#lastEntry = 0;

	constructor(deck: Pick<Deck, 'components' | 'activity' | 'session' | 'subscribe'>) {
		this.#deck = deck;
		this.#session = deck.session;
		this.#look();
		deck.subscribe(() => this.#look());
	}

	/** Texts that a component had before, other than the one it has; newest first. */
	of = ({ id, policy }: DeckComponent): readonly PastPolicy[] => {
		const known = this.#known.get(id);
		if (!known) return [];
		const calls = known.calls
			.filter((text) => text !== policy)
			.map((text, at) => ({
				name: at === 0 ? 'As it was at the last call' : `As it was ${at + 1} changes before`,
				text,
			}));
		const isNew = known.loaded !== policy && !known.calls.includes(known.loaded);
		return isNew ? [...calls, { name: 'As it was at first', text: known.loaded }] : calls;
	};

	#look() {
		const { components, activity, session } = this.#deck;
		if (session !== this.#session) {
			this.#session = session;
			this.#known = new Map();
			this.#lastEntry = 0;
		}
		for (const { id, sha256, policy } of components)
			if (this.#known.get(id)?.sha256 !== sha256) this.#known.set(id, { sha256, loaded: policy, calls: [] });
		for (let at = activity.length - 1; at >= 0 && itemAt(activity, at).id > this.#lastEntry; at -= 1) {
			const entry = itemAt(activity, at);
			if (entry.kind === 'tool-call') this.#note(entry.component);
		}
		this.#lastEntry = activity.at(-1)?.id ?? 0;
	}

	#note(id: string | null) {
		const known = id === null ? undefined : this.#known.get(id);
		const component = this.#deck.components.find((other) => other.id === id);
		if (!known || !component) return;
		const { policy } = component;
		const calls = [policy, ...known.calls.filter((text) => text !== policy)].slice(0, most);
		this.#known.set(component.id, { ...known, calls });
	}
}
