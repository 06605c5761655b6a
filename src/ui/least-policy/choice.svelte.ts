import { SvelteSet } from 'svelte/reactivity';
import type { ObservedRequest } from './observed-requests';

/** Which of the observed requests a person wants allowed: what was allowed is wanted and what was denied is not, until they say otherwise. */
export class Choice {
	/** Requests of components whose mark was turned. */
	readonly #turned = new SvelteSet<string>();

	has(component: string, { key, allowed }: ObservedRequest): boolean {
		return allowed !== this.#turned.has(`${component}\n${key}`);
	}

	set(component: string, { key, allowed }: ObservedRequest, wanted: boolean): void {
		const turned = `${component}\n${key}`;
		if (wanted === allowed) this.#turned.delete(turned);
		else this.#turned.add(turned);
	}
}
