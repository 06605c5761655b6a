import type { HostCall } from '../../core/activity';
import type { BatchItem } from '../protocol';
import { wireLimits } from '../protocol';

/** Characters of a host call that can be many. */
const lengthOf = ({ target, detail, rule }: HostCall): number =>
	target.length + (detail?.length ?? 0) + (rule?.text.length ?? 0);

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
	send: (batch: readonly BatchItem[]) => void,
	now: () => number,
	{ burst = 64, perSecond = 200 } = {},
): Outbox {
	let batch: BatchItem[] = [];
	let bytes = 0;
	let credit = burst;
	let refilled = now();
	let timer: ReturnType<typeof setTimeout> | null = null;

	function flush(): void {
		if (timer !== null) clearTimeout(timer);
		timer = null;
		if (batch.length === 0) return;
		const sent = batch;
		batch = [];
		bytes = 0;
		send(sent);
	}

	return {
		push(item) {
			batch.push(item);
			bytes += sizeOf(item);
			const time = now();
			credit = Math.min(burst, credit + ((time - refilled) * perSecond) / 1000);
			refilled = time;
			if (credit >= 1) {
				credit -= 1;
				flush();
			} else if (batch.length >= wireLimits.batch || bytes >= 64 * 1024) {
				flush();
			} else {
				// Runs only if the guest waits or returns; a busy one flushes by what it goes on to do.
				timer ??= setTimeout(flush, 5);
			}
		},
		flush,
	};
}

function sizeOf(item: BatchItem): number {
	switch (item.kind) {
		case 'call':
			return lengthOf(item.call);
		case 'output':
			return item.bytes.byteLength;
		case 'piece':
			return item.piece.text.length;
	}
}
