/** A text to look for. */
export interface Pattern {
	/** UTF-16 units, or bytes. */
	readonly codes: ArrayLike<number>;
	/** Codes one of which has to stand before it; absent is anything. */
	readonly before?: readonly number[];
	/** Codes one of which has to stand behind it; absent is anything. */
	readonly after?: readonly number[];
}

/** Where a pattern stands; `end` is behind it. What had to stand around it belongs to it. */
export interface FoundText {
	readonly start: number;
	readonly end: number;
	/** Its place in the list of patterns. */
	readonly pattern: number;
}

/** What a search has found so far. */
export interface Finds {
	/** Everything, by where it ends; of what ends at one place only the longest. */
	readonly found: FoundText[];
	/** What the codes end in the middle of: the longest beginning of a pattern; null where there is none. */
	readonly tail: FoundText | null;
}

const none = -1;

/**
 * Looks for many texts at once (Aho and Corasick's automaton). One pass over what is searched, whatever it holds and however the
 * patterns overlap: no text makes it slow.
 */
export class Automaton {
	readonly #patterns: readonly Pattern[];
	/** What follows the root, by code. */
	readonly #first = new Int32Array(0x1_0000);
	readonly #label: Uint16Array;
	readonly #child: Int32Array;
	readonly #sibling: Int32Array;
	readonly #fail: Int32Array;
	readonly #depth: Int32Array;
	/** The first pattern that ends in a state. */
	readonly #ends: Int32Array;
	/** The next pattern with the same codes, which may have others around it; by pattern. */
	readonly #same: Int32Array;
	/** The next shorter state in which a pattern ends. */
	readonly #shorter: Int32Array;
	/** A pattern that leads through a state. */
	readonly #through: Int32Array;
	#size = 1;

	constructor(patterns: readonly Pattern[]) {
		const most = patterns.reduce((sum, { codes }) => sum + codes.length, 1);
		this.#patterns = patterns;
		this.#label = new Uint16Array(most);
		this.#child = new Int32Array(most);
		this.#sibling = new Int32Array(most);
		this.#fail = new Int32Array(most);
		this.#depth = new Int32Array(most);
		this.#ends = new Int32Array(most).fill(none);
		this.#shorter = new Int32Array(most);
		this.#through = new Int32Array(most).fill(none);
		this.#same = new Int32Array(patterns.length).fill(none);
		for (const [index, { codes }] of patterns.entries()) if (codes.length > 0) this.#add(codes, index);
		this.#link();
	}

	/** Looks through all of it at once. */
	find(length: number, at: (index: number) => number): Finds {
		return this.search(length, at).upTo(length);
	}

	/** Looks through so many codes, as far as it is told. */
	search(length: number, at: (index: number) => number): { upTo(end: number): Finds } {
		const found: FoundText[] = [];
		let state = 0;
		let index = 0;
		const upTo = (end: number): Finds => {
			let now = state;
			for (const last = Math.min(end, length); index < last; index++) {
				now = this.#step(now, at(index));
				if (now === 0) continue;
				let ending = this.#ends[now] === none ? this.#shorter[now]! : now;
				for (; ending !== 0; ending = this.#shorter[ending]!) {
					const match = this.#fit(ending, index + 1, length, at);
					if (!match) continue;
					found.push(match);
					break;
				}
			}
			state = now;
			const tail =
				state === 0
					? null
					: { start: index - this.#depth[state]!, end: index, pattern: this.#through[state]! };
			return { found, tail };
		};
		return { upTo };
	}

	/** The longest of what ends in a state and has around it what it has to. */
	#fit(state: number, end: number, length: number, at: (index: number) => number): FoundText | null {
		const start = end - this.#depth[state]!;
		let longest: FoundText | null = null;
		for (let pattern = this.#ends[state]!; pattern !== none; pattern = this.#same[pattern]!) {
			const { before, after } = this.#patterns[pattern]!;
			if (before && (start === 0 || !before.includes(at(start - 1)))) continue;
			if (after && (end === length || !after.includes(at(end)))) continue;
			const match = { start: before ? start - 1 : start, end: after ? end + 1 : end, pattern };
			if (!longest || match.end - match.start > longest.end - longest.start) longest = match;
		}
		return longest;
	}

	#add(codes: ArrayLike<number>, pattern: number): void {
		let state = 0;
		for (let index = 0; index < codes.length; index++) {
			const code = codes[index]!;
			let next = this.#next(state, code);
			if (next === 0) {
				next = this.#size++;
				this.#label[next] = code;
				this.#depth[next] = index + 1;
				this.#through[next] = pattern;
				if (state === 0) this.#first[code] = next;
				else {
					this.#sibling[next] = this.#child[state]!;
					this.#child[state] = next;
				}
			}
			state = next;
		}
		this.#end(state, pattern);
	}

	/** Lets a pattern end in a state, behind those that do already; one that says nothing else is left out. */
	#end(state: number, pattern: number): void {
		let last = none;
		for (let other = this.#ends[state]!; other !== none; other = this.#same[other]!) {
			if (haveSameAround(this.#patterns[other]!, this.#patterns[pattern]!)) return;
			last = other;
		}
		if (last === none) this.#ends[state] = pattern;
		else this.#same[last] = pattern;
	}

	/** Gives every state the longest other one that it ends in. */
	#link(): void {
		const queue = this.#first.filter((state) => state !== 0);
		const states = new Int32Array(this.#size);
		states.set(queue);
		let last = queue.length;
		for (let index = 0; index < last; index++) {
			const state = states[index]!;
			for (let child = this.#child[state]!; child !== 0; child = this.#sibling[child]!) {
				const fail = this.#step(this.#fail[state]!, this.#label[child]!);
				this.#fail[child] = fail;
				this.#shorter[child] = this.#ends[fail] === none ? this.#shorter[fail]! : fail;
				states[last++] = child;
			}
		}
	}

	/** The state that a code leads to from another one; the root where there is none. */
	#next(state: number, code: number): number {
		if (state === 0) return this.#first[code]!;
		let child = this.#child[state]!;
		while (child !== 0 && this.#label[child] !== code) child = this.#sibling[child]!;
		return child;
	}

	#step(from: number, code: number): number {
		let state = from;
		for (; state !== 0; state = this.#fail[state]!) {
			const next = this.#next(state, code);
			if (next !== 0) return next;
		}
		return this.#first[code]!;
	}
}

const haveSameAround = (one: Pattern, other: Pattern): boolean =>
	isSameList(one.before, other.before) && isSameList(one.after, other.after);

const isSameList = (one: readonly number[] | undefined, other: readonly number[] | undefined): boolean =>
	one === other || (one?.length === other?.length && !!one?.every((code, index) => code === other?.[index]));
