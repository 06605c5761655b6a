/** How long one task of the page may work through what a sandbox sent, in milliseconds. */
const sliceMs = 8;

export interface Slices {
	/** Whether the current task has worked long enough. */
	spent(): boolean;
	/** Resolves in a new task, with a new budget. */
	next(): Promise<void>;
}

/** Cuts work into tasks short enough that the page stays responsive. A message channel, unlike a timer, is not slowed in hidden tabs. */
export function createSlices(now: () => number): Slices {
	let began = now();
	return {
		spent: () => now() - began >= sliceMs,
		next: () =>
			new Promise((resolve) => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => {
					port1.close();
					began = now();
					resolve();
				};
				port2.postMessage(null);
			}),
	};
}
