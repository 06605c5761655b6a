import type { Beginning } from './contents';

/** Knows of what began whether it still has its place: sessions are replaced, and a component is loaded again, while something is under way. */
export class Beginnings {
	#session = 1;
	#order = 0;
	/** The order of what put the session here. */
	#opened = 0;
	/** By the id of a component, the order of what put it there. */
	readonly #landed = new Map<string, number>();

	/** The session as it is called in beginnings: another number for each that takes the place of one. */
	get session(): number {
		return this.#session;
	}

	/** Something begins now. */
	begin(): Beginning {
		return { session: this.#session, order: ++this.#order };
	}

	/** Whether the session it began in is still there. */
	isPresent({ session }: Beginning): boolean {
		return session === this.#session;
	}

	/** Whether what began then may still take the place of the session: nothing that began later has. */
	mayReplace({ order }: Beginning): boolean {
		return order > this.#opened;
	}

	/** A session that was asked for then takes the place of what is here. */
	replaced({ order }: Beginning): void {
		this.#session += 1;
		this.#opened = order;
		this.#landed.clear();
	}

	/** Whether what began then may still be the component of that id: the newer one wins. */
	mayLand(id: string, { order }: Beginning): boolean {
		return order > (this.#landed.get(id) ?? 0);
	}

	/** A component that was asked for then is in the deck. */
	landed(id: string, { order }: Beginning): void {
		this.#landed.set(id, order);
	}
}
