import { itemAt } from '../../item-at';

/** Turns offsets into 1-based lines and columns of one text. */
export class SourceLines {
	#known: readonly number[] | null = null;

	constructor(readonly text: string) {}

	get #starts(): readonly number[] {
		return (this.#known ??= lineStarts(this.text));
	}

	get count(): number {
		return this.#starts.length;
	}

	/** The 1-based line that holds the offset. */
	line(offset: number): number {
		// What is wrong with a text as a whole is at its start, and a text that is far too long is not to be gone through for it.
		if (offset === 0) return 1;
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (itemAt(this.#starts, middle) <= offset) low = middle;
			else high = middle - 1;
		}
		return low + 1;
	}

	column(offset: number): number {
		return offset - this.start(this.line(offset)) + 1;
	}

	/** Offset of the first character of a 1-based line. */
	start(line: number): number {
		if (line === 1) return 0;
		return this.#starts[line - 1] ?? this.text.length;
	}

	/** Offset just after the last character of a 1-based line, before its line break. */
	end(line: number): number {
		const next = this.#starts[line];
		if (next === undefined) return this.text.length;
		return this.text[next - 2] === '\r' ? next - 2 : next - 1;
	}
}

function lineStarts(text: string): readonly number[] {
	const starts = [0];
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
	return starts;
}
