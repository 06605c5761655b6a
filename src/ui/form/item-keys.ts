/** Keys for the items of a list that is edited as a plain value: an item keeps its key when it is moved, so that its field moves with it. */
export class ItemKeys {
	#keys: readonly number[] = [];
	#next = 0;

	/** One key per item. A list that grew or shrank elsewhere gets keys at its end, or loses those there. */
	for(count: number): readonly number[] {
		if (count < this.#keys.length) this.#keys = this.#keys.slice(0, count);
		if (count > this.#keys.length)
			this.#keys = [...this.#keys, ...Array.from({ length: count - this.#keys.length }, () => this.#next++)];
		return this.#keys;
	}

	move(from: number, to: number): void {
		this.#keys = withMoved(this.#keys, from, to);
	}

	remove(index: number): void {
		this.#keys = this.#keys.filter((_, at) => at !== index);
	}
}

function withMoved(keys: readonly number[], from: number, to: number): readonly number[] {
	const moved = [...keys];
	const [key] = moved.splice(from, 1);
	if (key !== undefined) moved.splice(to, 0, key);
	return moved;
}
