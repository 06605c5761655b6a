import type { Turns } from '../core/turns';

/** How long one task of the page may work through what a sandbox sent, in milliseconds. */
const sliceMs = 8;

/** Tasks with a budget each. */
export type Slices = Turns;

/** Resolves in a new task. A message channel, unlike a timer, is not slowed in hidden tabs. */
export const nextTask = (): Promise<void> =>
	new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});

/** Cuts work into tasks short enough that the page stays responsive. */
export function createSlices(now: () => number): Slices {
	let began = now();
	return {
		spent: () => now() - began >= sliceMs,
		next: async () => {
			await nextTask();
			began = now();
		},
	};
}
