import { createOutlet, shortestSecret, type Outlet } from '../core/outlet';
import type { World } from '../core/world';

/** Values that are remembered at most; the oldest go first. */
const most = 256;

/**
 * The secrets that a session has had since the page was loaded, in memory only. A value stays one after its variable was changed or removed,
 * since the record and the wire still tell of it; it ends to be one when a person says that its variable is none.
 */
export class KnownSecrets {
	readonly #keys = new Map<string, string>();
	#outlet = createOutlet([]);

	/** The way out for what holds these secrets; another one where there is another secret. */
	get outlet(): Outlet {
		return this.#outlet;
	}

	/** Takes in the variables of a world that takes the place of another one. */
	follow(before: World['variables'], after: World['variables']): void {
		let changed = false;
		for (const [key, { value, secret }] of after) {
			if (secret && value.length >= shortestSecret && !this.#keys.has(value)) {
				this.#keys.set(value, key);
				changed = true;
			}
			const was = before.get(key);
			const isToldNow = !secret && was?.secret && was.value === value && !isSecret(after, value);
			if (isToldNow) changed = this.#keys.delete(value) || changed;
		}
		if (!changed) return;
		for (const value of this.#keys.keys()) {
			if (this.#keys.size <= most) break;
			if (!isSecret(after, value)) this.#keys.delete(value);
		}
		this.#outlet = createOutlet([...this.#keys].map(([value, key]) => ({ key, value })));
	}
}

const isSecret = (variables: World['variables'], value: string): boolean =>
	[...variables.values()].some((variable) => variable.secret && variable.value === value);
