import { itemAt } from '../core/item-at';
import type { Program } from '../component/program';
import type { Frame } from './frame';
import { prepare } from './prepare';

/** Bytes of a small program, of which two sandboxes are kept ready. */
const smallBytes = 8 * 2 ** 20;

export interface SparesParts {
	/** Starts a sandbox. */
	readonly open: () => Frame;
	/** Whether nothing is to be done ahead that memory or the network is spent on. */
	readonly isSaving: () => boolean;
	/** Whether nobody sees the page, which then keeps no memory for what may never come. */
	readonly isHidden: () => boolean;
}

/** A sandbox, and whether it has been sent the program that it was taken for. */
export interface Taken {
	readonly frame: Frame;
	readonly isPrepared: boolean;
}

interface Spare {
	readonly frame: Frame;
	/** What it was sent. */
	program: Program | null;
	isStarted: boolean;
}

/**
 * The sandboxes that are kept ready: one, or after a call two that hold a small program. Where one of two runs a call, the browser has the code that it
 * compiles for the other too, and need not start a process for the next.
 */
export class Spares {
	readonly #parts: SparesParts;
	#ready: Spare[] = [];
	/** What the next call will most likely be of. */
	#next: Program | null = null;
	/** Whether a call was made: until then a page that starts has better to do than to start a second. */
	#isUsed = false;

	constructor(parts: SparesParts) {
		this.#parts = parts;
	}

	/** Expects calls of a program. */
	expect(program: Program): void {
		this.#next = program;
	}

	/** Starts what is missing, one after the other, and sends each the program that is expected. */
	fill(): void {
		const { open, isSaving, isHidden } = this.#parts;
		if (isHidden()) return;
		const program = isSaving() ? null : this.#next;
		const most = this.#isUsed && program && sizeOf(program) <= smallBytes ? 2 : 1;
		const suits = (spare: Spare) => [null, program].includes(spare.program);
		// Others are kept as long as there is place: who calls two by turns finds both.
		while (this.#ready.length > most || (this.#ready.length === most && !this.#ready.some(suits)))
			this.#remove(this.#ready.find((spare) => !suits(spare)) ?? itemAt(this.#ready, 0));
		if (this.#ready.length < most) {
			const spare: Spare = { frame: open(), program: null, isStarted: false };
			this.#ready.push(spare);
			spare.frame.ready.then(
				() => {
					spare.isStarted = true;
					if (this.#ready.includes(spare)) this.fill();
				},
				() => {},
			);
		}
		if (!program) return;
		for (const spare of this.#ready) {
			if (spare.program !== null) continue;
			spare.program = program;
			prepare(spare.frame, program);
		}
	}

	#remove(spare: Spare): void {
		this.#ready = this.#ready.filter((one) => one !== spare);
		spare.frame.remove();
	}

	/** The sandbox that suits a program best, or a new one. It may be gone: whoever talks to it sees whether it answers. */
	take(program: Program): Taken {
		const isFirst = !this.#isUsed;
		this.#isUsed = true;
		const spare =
			this.#ready.find((one) => one.program === program) ??
			this.#ready.find((one) => one.program === null) ??
			this.#ready[0];
		this.#ready = this.#ready.filter((one) => one !== spare);
		const taken = spare
			? { frame: spare.frame, isPrepared: spare.program === program }
			: { frame: this.#parts.open(), isPrepared: false };
		// Calls come faster than sandboxes start: the next one starts beside this one, and not after it.
		if (!isFirst && !spare?.isStarted && sizeOf(program) <= smallBytes) this.fill();
		return taken;
	}

	/** Removes all of them. */
	release(): void {
		for (const { frame } of this.#ready) frame.remove();
		this.#ready = [];
	}
}

const sizeOf = ({ source, modules }: Program): number =>
	modules.reduce((sum, [, bytes]) => sum + bytes.byteLength, source.length);
