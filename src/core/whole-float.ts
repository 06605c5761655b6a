/**
 * A whole number in JSON that was written as a float is: `1.0`, `1e2`. It stands among JSON values only where it matters how a number was
 * written; everywhere else it is a number.
 */
export class WholeFloat {
	/** No members of its own, so that it passes for an empty object where nobody looks for it. */
	readonly #value: number;

	constructor(value: number) {
		this.#value = value;
	}

	get value(): number {
		return this.#value;
	}

	/** Written so that a reader takes it for a float again. */
	get text(): string {
		const text = Object.is(this.#value, -0) ? '-0' : JSON.stringify(this.#value);
		return /[.e]/.test(text) ? text : `${text}.0`;
	}
}
