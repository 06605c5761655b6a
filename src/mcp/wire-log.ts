import { itemAt } from '../core/item-at';
import type { WireMessage } from './wire';

export interface WireLogLimits {
	readonly messages: number;
	/** Bytes of all texts together. */
	readonly bytes: number;
}

/** The most recent messages of all connections, within bounds, numbered as they come. The newest one is always kept whole. */
export class WireLog {
	#messages: readonly WireMessage[] = [];
	#bytes = 0;
	#dropped = 0;
	#lastId = 0;
	readonly #limits: WireLogLimits;
	readonly #listeners = new Set<() => void>();

	constructor(limits: WireLogLimits = { messages: 2_000, bytes: 32 * 2 ** 20 }) {
		this.#limits = limits;
	}

	/** A new array after each change. */
	get messages(): readonly WireMessage[] {
		return this.#messages;
	}

	/** How many older messages were let go. */
	get dropped(): number {
		return this.#dropped;
	}

	add = (message: WireMessage): void => {
		const kept = [...this.#messages, { ...message, id: ++this.#lastId }];
		this.#bytes += message.size;
		let first = 0;
		while (
			first < kept.length - 1 &&
			(kept.length - first > this.#limits.messages || this.#bytes > this.#limits.bytes)
		)
			this.#bytes -= itemAt(kept, first++).size;
		this.#dropped += first;
		this.#messages = kept.slice(first);
		for (const listener of this.#listeners) listener();
	};

	/** Adds messages of a connection to elsewhere, marked with its name. */
	from =
		(connection: string) =>
		(message: WireMessage): void =>
			this.add({ ...message, connection });

	clear = (): void => {
		this.#messages = [];
		this.#bytes = 0;
		this.#dropped = 0;
		for (const listener of this.#listeners) listener();
	};

	subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};
}
