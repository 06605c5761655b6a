import type { Outgoing } from '../../core/outlet';
import { writeJournal, type Held } from '../../deck/session-journal';
import type { ComponentBytes, SavedSession } from '../../deck/session-store';

/** What leaving the page needs of the session that is open. */
export interface LeavingParts {
	/** Whether something of it is not kept yet, and there is a database that it can be taken to at the next start. */
	readonly isToWrite: () => boolean;
	readonly capture: () => Outgoing<SavedSession>;
	readonly bytes: () => ComponentBytes;
	readonly held: () => Held;
	/** The page is back, or stays. */
	readonly onstay: () => void;
}

/**
 * A page that is left has no time for a database. What is not kept then is written down at once, in a storage that holds little; where it
 * does not hold it, the browser asks the person first.
 */
export class Leaving {
	readonly #parts: LeavingParts;
	#left = false;
	#isWrittenDown = false;

	constructor(parts: LeavingParts) {
		this.#parts = parts;
	}

	/** The page was left, and wrote down what it had: what it began now would be broken off. It may come back. */
	get left(): boolean {
		return this.#left;
	}

	/** From now on, for as long as the page is there. */
	follow(): void {
		// Firefox breaks a script off that runs as its page is navigated away from, once: where it hits one of these, the other does it.
		for (const listener of [() => this.#leave(), () => this.#leave()]) addEventListener('pagehide', listener);
		addEventListener('pageshow', () => {
			this.#left = false;
			this.#isWrittenDown = false;
			this.#parts.onstay();
		});
	}

	/** Has the browser ask before the page is left, where what is not kept by then cannot be written down; until `unguard`. */
	guard(): void {
		addEventListener('beforeunload', this.#ask);
	}

	/** A page that need not ask is put aside whole by browsers that keep none that might. */
	unguard(): void {
		removeEventListener('beforeunload', this.#ask);
	}

	#leave(): void {
		if (this.#isWrittenDown) return;
		this.#left = true;
		if (this.#parts.isToWrite()) this.#write();
		this.#isWrittenDown = true;
	}

	readonly #ask = (event: Event) => {
		if (!this.#parts.isToWrite() || this.#write()) return;
		event.preventDefault();
		this.#parts.onstay();
	};

	/** Whether all of it is written down. */
	#write(): boolean {
		const { capture, bytes, held } = this.#parts;
		try {
			return writeJournal(localStorage, capture(), bytes(), held()) === 'whole';
		} catch {
			// The browser has no such storage.
			return false;
		}
	}
}
