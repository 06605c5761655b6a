import type { Batch, BatchItem } from '../protocol';
import { BatchWriter } from './batch-writer';

export interface Outbox {
	push(item: BatchItem): void;
	/** Sends what is held back. */
	flush(): void;
}

/**
 * Sends what happens in a call to the page: at once while little happens, so that a guest that then never returns has still shown what
 * it did; in batches once it happens faster than `perSecond`, after a first `burst`.
 */
export function createOutbox(
	send: (batch: Batch) => void,
	now: () => number,
	{ burst = 64, perSecond = 200 } = {},
): Outbox {
	const writer = new BatchWriter();
	let credit = burst;
	let refilled = now();
	let timer: ReturnType<typeof setTimeout> | null = null;

	function flush(): void {
		if (timer !== null) clearTimeout(timer);
		timer = null;
		const batch = writer.take();
		if (batch) send(batch);
	}

	return {
		push(item) {
			writer.add(item);
			const time = now();
			credit = Math.min(burst, credit + ((time - refilled) * perSecond) / 1000);
			refilled = time;
			if (credit >= 1) {
				credit -= 1;
				flush();
			} else if (writer.isFull) {
				flush();
			} else {
				// Runs only if the guest waits or returns; a busy one flushes by what it goes on to do.
				timer ??= setTimeout(flush, 5);
			}
		},
		flush,
	};
}
