/** How a question to the page ended. */
export type Settled<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/**
 * What a port will answer, told at the moment it is settled. A promise tells later, when the guest has left the stack, which one that
 * cannot be suspended does not do before its call is over.
 */
export class ReplayAnswer<T> implements PromiseLike<T> {
	#settled: Settled<T> | null = null;
	#listeners: ((settled: Settled<T>) => void)[] = [];

	/** Tells whoever asked, now. Only the first time counts. */
	settle(settled: Settled<T>): void {
		if (this.#settled) return;
		this.#settled = settled;
		for (const listener of this.#listeners.splice(0)) listener(settled);
	}

	then<A = T, B = never>(
		use?: ((value: T) => A | PromiseLike<A>) | null,
		fail?: ((error: unknown) => B | PromiseLike<B>) | null,
	): PromiseLike<A | B> {
		const next = new ReplayAnswer<A | B>();
		const tell = (settled: Settled<T>) => {
			try {
				if (settled.ok) next.settle({ ok: true, value: (use ? use(settled.value) : settled.value) as A });
				else if (fail) next.settle({ ok: true, value: fail(settled.error) as B });
				else next.settle(settled);
			} catch (error) {
				next.settle({ ok: false, error });
			}
		};
		if (this.#settled) tell(this.#settled);
		else this.#listeners.push(tell);
		return next;
	}
}

/** Asks a port, and tells how it ended; a port may fail by exception as well as by rejection. */
export function askPort<T>(
	ask: () => PromiseLike<T>,
	use: (value: T) => void,
	fail: (error: unknown) => void,
): void {
	let asked: PromiseLike<T>;
	try {
		asked = ask();
	} catch (error) {
		return fail(error);
	}
	asked.then(use, fail);
}
