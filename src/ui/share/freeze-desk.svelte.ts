import { answersOf } from '../../core/answers';
import { isFrozen } from '../../core/freeze';
import type { Deck } from '../../deck/deck';
import { freezeDeck, unfreezeDeck } from '../../deck/freeze';
import type { Session } from '../session.svelte';

/** Making the world repeatable, and live again. */
export class FreezeDesk {
	readonly #session: Pick<Session, 'console' | 'notices' | 'undo'>;
	readonly #deck: Deck;
	#remarks = $state.raw<readonly string[]>([]);

	/** What the last freeze could not carry over exactly. */
	remarks = $derived(this.#remarks);

	constructor(session: Pick<Session, 'console' | 'notices' | 'undo'>, deck: Deck) {
		this.#session = session;
		this.#deck = deck;
	}

	freeze = () => {
		const deck = this.#deck;
		if (isFrozen(deck.world)) return this.#session.notices.say('This is repeatable already.');
		const { console } = this.#session;
		const before = answersOf(deck.world);
		let after = before;
		this.#session.undo.doing(
			'It is repeatable now: whoever opens it sees the same activity.',
			() => {
				this.#remarks = freezeDeck(deck, { now: Date.now(), seed: newSeed() }).remarks;
				after = answersOf(deck.world);
				console.carry(before, after);
			},
			() => {
				this.#remarks = [];
				console.carry(after, before);
			},
		);
	};

	unfreeze = () => {
		const deck = this.#deck;
		this.#session.undo.doing('It is live again; its routes answer first.', () => unfreezeDeck(deck));
		this.#remarks = [];
	};
}

const newSeed = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(
		'',
	);
