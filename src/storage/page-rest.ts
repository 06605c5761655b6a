/** The times for which the browser puts the page aside, to show it again when a person goes back. */
export interface PageRest {
	/** How many times it was put aside so far. */
	readonly count: number;
	/** Resolves while the page is shown; at once where it is. */
	over(): Promise<void>;
	/** Ends a transaction that is still open when the page is put aside. Returns it. */
	watch(transaction: IDBTransaction): IDBTransaction;
}

/**
 * WebKit puts a page aside with its transactions open, and the first request of every later page queues behind them for ever. So they are
 * ended when the page goes, and nothing is begun before it is back. `target` is the window.
 */
export function createPageRest(target: Pick<EventTarget, 'addEventListener'>): PageRest {
	const open = new Set<IDBTransaction>();
	let count = 0;
	let shown: Promise<void> = Promise.resolve();
	let show = () => {};

	target.addEventListener?.('pagehide', (event) => {
		if (!(event as PageTransitionEvent).persisted) return;
		count += 1;
		shown = new Promise((resolve) => (show = resolve));
		for (const transaction of open) {
			try {
				transaction.abort();
			} catch {
				// It was just ending by itself.
			}
		}
		open.clear();
	});
	target.addEventListener?.('pageshow', () => show());

	return {
		get count() {
			return count;
		},
		over: () => shown,
		watch(transaction) {
			open.add(transaction);
			for (const end of ['complete', 'abort'] as const)
				transaction.addEventListener(end, () => open.delete(transaction));
			return transaction;
		},
	};
}
