import { keptFor } from '../../core/kept-for';

/**
 * Answers kept for an object for as long as nothing they depend on changed: `deps` are compared one by one. The object's going frees them.
 */
export class Memo<K extends object, V> {
	readonly #known = new WeakMap<K, { deps: readonly unknown[]; answers: Map<string, V> }>();

	/** The answer to a question, from what is known or from `make`. */
	get(key: K, deps: readonly unknown[], question: string, make: () => V): V {
		let entry = this.#known.get(key);
		if (!entry || entry.deps.some((dep, index) => dep !== deps[index])) {
			entry = { deps, answers: new Map() };
			this.#known.set(key, entry);
		}
		if (!entry.answers.has(question)) entry.answers.set(question, make());
		return keptFor(entry.answers, question);
	}

	/** The answer where it is known already, and undefined otherwise. */
	peek(key: K, deps: readonly unknown[], question: string): V | undefined {
		const entry = this.#known.get(key);
		return entry?.deps.every((dep, index) => dep === deps[index]) ? entry.answers.get(question) : undefined;
	}
}
