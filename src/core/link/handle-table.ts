import { keptFor } from '../kept-for';
import type { WitType } from '../wit/types';
import { CrossingError } from './check-crossing';
import type { CrossHandle } from './crossing';

type ResourceType = Extract<WitType, { kind: 'own' | 'borrow' }>;

/** A resource of a component, held by another. */
interface Held {
	readonly owner: string;
	/** Its number among those of its owner. */
	readonly number: number;
	readonly resource: string;
	/** For one call only. */
	readonly isLent: boolean;
}

/** Resources that one component may hold of others at once. */
const mostHeld = 65_536;

/**
 * Which component holds which resources of which others. A component names a resource by a number of its own that it was given for it: no
 * number says anything about what it was not given.
 */
export class HandleTable {
	readonly #held = new Map<string, Map<number, Held>>();
	#last = 0;

	/**
	 * Hands a handle of one component to another. A resource that is owned goes over, one that is lent is the receiver's until `endLoan`, which
	 * gets the numbers that `loans` is told. Throws a `CrossingError` for a handle that the giver does not have.
	 */
	pass(
		from: string,
		to: string,
		{ kind, resource }: ResourceType,
		[whose, number]: CrossHandle,
		loans: number[],
	): CrossHandle {
		const held: Held =
			whose === 0 ? { owner: from, number, resource, isLent: false } : this.#of(from, number);
		if (held.resource !== resource)
			throw new CrossingError(`a ${held.resource} crosses where a ${resource} should`);
		if (whose === 1 && kind === 'own') {
			if (held.isLent) throw new CrossingError(`a ${resource} that was lent is given away`);
			keptFor(this.#held, from).delete(number);
		}
		if (held.owner === to) return [0, held.number];
		const given = ++this.#last;
		const table = this.#held.get(to) ?? new Map<number, Held>();
		if (table.size >= mostHeld)
			throw new CrossingError(`${to} holds more than ${mostHeld} resources of other components`);
		table.set(given, { ...held, isLent: kind === 'borrow' });
		this.#held.set(to, table);
		if (kind === 'borrow') loans.push(given);
		return [1, given];
	}

	/** What was lent for a call is given back. */
	endLoan(to: string, loans: readonly number[]): void {
		for (const number of loans) this.#held.get(to)?.delete(number);
	}

	/** A component has done with a resource. Gives whose it is and its number there; null where nothing has to be told. */
	drop(by: string, number: number): Pick<Held, 'owner' | 'number'> | null {
		const held = this.#held.get(by)?.get(number);
		if (!held || held.isLent) return null;
		keptFor(this.#held, by).delete(number);
		return held;
	}

	#of(holder: string, number: number): Held {
		const held = this.#held.get(holder)?.get(number);
		if (!held) throw new CrossingError(`${holder} names a resource that it was not given`);
		return held;
	}
}
