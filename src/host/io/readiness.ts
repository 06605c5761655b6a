/** Something a guest can wait for. */
export interface Readiness {
	ready(): boolean;
	/** Calls `wake` when `ready` may have become true, maybe more than once; returns how to stop watching. */
	watch(wake: () => void): () => void;
	/** Told when a guest is about to wait for this and for nothing else. */
	awaitedAlone?(): void;
}

/** What is always ready. */
export const alwaysReady: Readiness = { ready: () => true, watch: () => () => {} };

/** How a guest waits, which differs between engines. */
export interface Waiter {
	/** Waits until one of the list is ready: at once without a promise if one is, else a promise that never rejects. */
	until(list: readonly Readiness[]): void | Promise<void>;
}

/** A condition that turns true once and wakes whoever watches it. */
export class Latch implements Readiness {
	#open = false;
	#watchers = new Set<() => void>();

	ready(): boolean {
		return this.#open;
	}

	watch(wake: () => void): () => void {
		this.#watchers.add(wake);
		return () => this.#watchers.delete(wake);
	}

	/** Makes it ready. */
	open(): void {
		this.#open = true;
		this.wake();
	}

	/** Makes it unready again, as when a buffer has been emptied. */
	close(): void {
		this.#open = false;
	}

	/** Lets the watchers look again. */
	wake(): void {
		for (const wake of [...this.#watchers]) wake();
	}
}

/** Waits by promise for any of the list. */
export async function untilReady(list: readonly Readiness[]): Promise<void> {
	while (!list.some((one) => one.ready())) {
		await new Promise<void>((resolve) => {
			const stops: (() => void)[] = [];
			const wake = () => {
				for (const stop of stops) stop();
				resolve();
			};
			for (const one of list) stops.push(one.watch(wake));
			// A source may have become ready while it was asked to be watched, and would not wake anybody again.
			if (list.some((one) => one.ready())) wake();
		});
	}
}

/** Suspends the guest, and does nothing else. */
export const suspend: Waiter = {
	until: (list) => (list.some((one) => one.ready()) ? undefined : untilReady(list)),
};
