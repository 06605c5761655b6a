import type { Batch, BatchItem } from '../protocol';
import { BatchWriter } from './batch-writer';

export interface Outbox {
	/** `time` is when it happened, by the clock that the outbox was given; default: now. */
	push(item: BatchItem, time?: number): void;
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
		const batch = writer.take();
		if (batch) send(batch);
	}

	// One that finds nothing to send costs less than to end it with every batch.
	function onTimer(): void {
		timer = null;
		flush();
	}

	return {
		push(item, time = now()) {
			writer.add(item);
			if (time > refilled) {
				credit = Math.min(burst, credit + ((time - refilled) * perSecond) / 1000);
				refilled = time;
			}
			if (credit >= 1) {
				credit -= 1;
				flush();
			} else if (writer.isFull) {
				flush();
			} else {
				// Runs only if the guest waits or returns; a busy one flushes by what it goes on to do.
				timer ??= setTimeout(onTimer, 5);
			}
		},
		flush,
	};
}
