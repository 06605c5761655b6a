import type { Deck } from '../../deck/deck';
import { isChange, momentOf, revertChange, type DeckMoment } from '../../deck/revert';
import type { Notices } from '../shell/notices.svelte';

/** A change of the session that can be taken back. */
interface Change {
	readonly before: DeckMoment;
	readonly after: DeckMoment;
	/** The notice that offers it. */
	readonly notice: number;
	/** What else to bring back with it. */
	readonly also?: () => void;
}

/** Something else that can be taken back, whatever session is open. */
interface Deed {
	readonly notice: number;
	readonly takeBack: () => void;
}

type Done = Change | Deed;

/** Changes that are remembered; older ones cannot be taken back. */
const most = 32;

/**
 * The one way to take back what a person did to the session. Each change is offered in a notice, and the last ones one after the other by a key. A
 * change is taken back as a change: what was done since stays. Once it no longer applies, or its session is gone, the offer is withdrawn.
 */
export class UndoDesk {
	readonly #deck: Deck;
	readonly #notices: Pick<Notices, 'say' | 'sayOfPage' | 'dismiss' | 'has'>;
	#done: readonly Done[] = [];
	#session: number;
	#seen: DeckMoment;

	constructor(deck: Deck, notices: Pick<Notices, 'say' | 'sayOfPage' | 'dismiss' | 'has'>) {
		this.#deck = deck;
		this.#notices = notices;
		this.#session = deck.session;
		this.#seen = momentOf(deck);
		deck.subscribe(this.#withdraw);
	}

	/**
	 * Makes a change, and says so with an offer to take it back; says nothing where it changed nothing, and why where a setter of the deck refused
	 * it, which `change` gives. `also` runs when it is taken back.
	 */
	doing = (words: string, change: () => unknown, also?: () => void): void => {
		const before = momentOf(this.#deck);
		const refusal = refusalOf(change());
		if (refusal !== null) this.#notices.say(`${refusal} Nothing was changed.`);
		this.did(words, before, also);
	};

	/** The same for a change that was made since `before`. */
	did = (words: string, before: DeckMoment, also?: () => void): void => {
		const after = momentOf(this.#deck);
		if (!isChange(before, after)) return;
		const clears = before.activity.length > after.activity.length;
		// Without what it does not need: a record can be long.
		const bare = (moment: DeckMoment): DeckMoment => (clears ? moment : { ...moment, activity: [] });
		const done: Change = {
			...{ before: bare(before), after: bare(after), also },
			notice: this.#notices.say(words, { label: 'Undo', run: () => this.#revert(done) }),
		};
		this.#done = [...this.#done, done].slice(-most);
	};

	/** Says what was done to something beside the session, such as another one that was deleted, with an offer to take it back. */
	deed = (words: string, takeBack: () => void): void => {
		const notice = this.#notices.sayOfPage(words, { label: 'Undo', run: () => this.#revert(done) });
		const done: Deed = { notice, takeBack };
		this.#done = [...this.#done, done].slice(-most);
	};

	/** A moment to hand to `did` later. */
	now = (): DeckMoment => momentOf(this.#deck);

	/** Takes back the latest change that still applies; false where there is none. Nothing of the session while that is behind a dialog. */
	undo = ({ behindDialog = false } = {}): boolean => {
		const within = () => this.#done.findLast((done) => !behindDialog || 'takeBack' in done);
		for (let last = within(); last; last = within()) if (this.#revert(last)) return true;
		return false;
	};

	#revert(done: Done): boolean {
		if ('takeBack' in done) {
			const isThere = this.#done.includes(done);
			this.#forget(done);
			if (isThere) done.takeBack();
			return isThere;
		}
		const now = momentOf(this.#deck);
		const reverted =
			this.#deck.session === this.#session && this.#done.includes(done)
				? revertChange(done.before, done.after, now)
				: null;
		this.#forget(done);
		if (!reverted) return false;
		this.#deck.putBack(reverted);
		done.also?.();
		return true;
	}

	#forget(done: Done) {
		this.#done = this.#done.filter((other) => other !== done);
		this.#notices.dismiss(done.notice);
	}

	readonly #withdraw = () => {
		const now = momentOf(this.#deck);
		if (this.#deck.session !== this.#session) {
			this.#session = this.#deck.session;
			for (const done of this.#done) if (!('takeBack' in done)) this.#forget(done);
		} else if (isChange(this.#seen, now)) {
			// Only what is offered: what a key would reach is looked at when it is pressed.
			for (const done of this.#done) {
				if ('takeBack' in done) continue;
				if (this.#notices.has(done.notice) && !revertChange(done.before, done.after, now))
					this.#notices.dismiss(done.notice);
			}
		}
		this.#seen = now;
	};
}

/** Why a setter of the deck refused; null for what is no refusal. */
function refusalOf(given: unknown): string | null {
	if (typeof given !== 'object' || given === null || !('ok' in given) || given.ok !== false) return null;
	return 'error' in given && typeof given.error === 'string' ? given.error : 'That is not possible.';
}
