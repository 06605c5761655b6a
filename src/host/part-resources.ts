import type { CrossHandle } from '../core/link';
import type { WitType } from '../core/wit/types';

type ResourceType = Extract<WitType, { kind: 'own' | 'borrow' }>;
type ResourceClass = new (...args: unknown[]) => object;

/** A resource of this component, as its own code has it. */
interface Own {
	readonly object: object;
	readonly resource: string;
}

const disposals = [Symbol.dispose, Symbol.for('dispose')].filter((symbol) => typeof symbol === 'symbol');

/**
 * The resources of one running component that others know of, and those of others that it knows of. Numbers are all that crosses: of its own
 * they are places in a list here, of others' what the page gave it for them.
 */
export class PartResources {
	readonly #own = new Map<number, Own>();
	#last = 0;
	readonly #classes = new Map<string, ResourceClass>();
	/** What stands here for resources of others. */
	readonly #foreign = new WeakMap<object, number | Promise<number>>();
	readonly #dropped: (resource: number) => void;

	constructor(dropped: (resource: number) => void) {
		this.#dropped = dropped;
	}

	/** The class of a resource that another component provides. `construct` gives its number, or null where it has no constructor. */
	classOf(name: string, construct: (args: readonly unknown[]) => Promise<number> | null): ResourceClass {
		const foreign = this.#foreign;
		const drop = (object: object) => this.#drop(object);
		class Resource {
			constructor(...args: unknown[]) {
				const number = construct(args);
				if (!number) throw new Error(`${name} has no constructor`);
				foreign.set(this, number);
			}
		}
		for (const symbol of disposals)
			Object.defineProperty(Resource.prototype, symbol, {
				value(this: object) {
					drop(this);
				},
			});
		this.#classes.set(name, Resource);
		return Resource;
	}

	/** Makes a handle of a resource, on its way out. */
	give = ({ kind, resource }: ResourceType, value: unknown): CrossHandle => {
		const object = value as object;
		const known = this.#foreign.get(object);
		if (typeof known === 'number') {
			if (kind === 'own') this.#foreign.delete(object);
			return [1, known];
		}
		if (known) throw new Error(`a ${resource} is used before it is made`);
		// Its own code makes another object for a resource each time that it hands it out.
		const number = ++this.#last;
		this.#own.set(number, { object, resource });
		return [0, number];
	};

	/** Makes a resource of a handle, on its way in. */
	take = ({ kind, resource }: ResourceType, [whose, number]: CrossHandle): unknown => {
		if (whose === 0) {
			const own = this.#own.get(number);
			if (own?.resource !== resource) throw new TypeError(`There is no ${resource} of this number.`);
			if (kind === 'own') this.#own.delete(number);
			return own.object;
		}
		const found = this.#classes.get(resource);
		if (!found) throw new TypeError(`Nothing here knows the resource ${resource}.`);
		const object = Object.create(found.prototype as object) as object;
		this.#foreign.set(object, number);
		return object;
	};

	/** The number of a resource that was just taken in, for what was constructed; it stands for it from then on. */
	handleOf = (object: unknown): number => this.#foreign.get(object as object) as number;

	/** Waits until everything that was constructed and is passed is there. */
	settled = async (values: readonly unknown[]): Promise<void> => {
		for (const value of values) {
			if (typeof value !== 'object' || value === null) continue;
			const number = this.#foreign.get(value);
			if (number && typeof number !== 'number') this.#foreign.set(value, await number);
		}
	};

	/** Another component has done with a resource of this one's. */
	release(number: number): void {
		const own = this.#own.get(number);
		this.#own.delete(number);
		if (!own) return;
		const members = own.object as { readonly [key: symbol]: unknown };
		const dispose = disposals.map((symbol) => members[symbol]).find((found) => typeof found === 'function');
		if (typeof dispose === 'function') (dispose as () => unknown).call(own.object);
	}

	#drop(object: object): void {
		const number = this.#foreign.get(object);
		this.#foreign.delete(object);
		if (typeof number === 'number') this.#dropped(number);
		else void number?.then(this.#dropped);
	}
}
