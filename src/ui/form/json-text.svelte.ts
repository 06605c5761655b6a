import { parseJson, printJson, type JsonProblem } from '../../core/json';
import { ok, type Result } from '../../core/result';
import { keepWritten, writtenOf } from '../../core/written-json';
import { sameJson, type Draft } from './value';

const limits = { length: 16 * 2 ** 20 };

/**
 * The text of a JSON value that is edited both here and elsewhere. What was typed stays as it was typed for as long as it means the
 * value, or means nothing yet; a value that changes elsewhere replaces it.
 */
export class JsonText {
	#typed = $state.raw<{ readonly text: string; readonly given: Draft } | null>(null);
	readonly #value: () => Draft;
	readonly #blank: Draft;

	/** `blank` is what no text at all means. */
	constructor(value: () => Draft, blank: Draft = undefined) {
		this.#value = value;
		this.#blank = blank;
	}

	#current = $derived.by(() => {
		const typed = this.#typed;
		const value = this.#value();
		if (typed !== null) {
			const read = this.#read(typed.text);
			const means = read.ok ? read.value : typed.given;
			if (sameJson(means, value)) return { text: typed.text, problem: read.ok ? null : read.error };
		}
		return { text: value === undefined ? '' : printJson(writtenOf(value) ?? value, 2), problem: null };
	});

	get text(): string {
		return this.#current.text;
	}

	/** Why the text is no JSON; null where it is, or where there is none. */
	get problem(): JsonProblem | null {
		return this.#current.problem;
	}

	/** Takes a text; calls `use` where it means a value. */
	type(text: string, use: (value: Draft) => void): void {
		const read = this.#read(text);
		this.#typed = { text, given: this.#value() };
		if (!read.ok) return;
		if (typeof read.value === 'object' && read.value !== null) keepWritten(text, read.value, limits);
		use(read.value);
	}

	#read(text: string): Result<Draft, JsonProblem> {
		return text.trim() === '' ? ok(this.#blank) : parseJson(text, limits);
	}
}
