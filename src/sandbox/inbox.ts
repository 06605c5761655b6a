import { createAssembler } from './rpc';
import { createSlices } from './slices';
import type { Packet } from './wire';

interface InboxParts {
	readonly limits: { readonly text: number; readonly bytes: number };
	readonly receive: (packet: Packet) => void;
	/** Told of each message once it was taken in. */
	readonly taken: () => void;
	readonly onBroken: (reason: Error) => void;
	readonly now: () => number;
}

export interface Inbox {
	add(data: unknown): void;
	/** Resolves when everything that came so far was taken in. */
	drained(): Promise<void>;
	/** Forgets what waits, and takes nothing more. */
	close(): void;
}

/** Takes messages in at the page's own pace: in order, and in slices of a few milliseconds. */
export function createInbox({ limits, receive, taken, onBroken, now }: InboxParts): Inbox {
	const assemble = createAssembler(limits);
	let waiting: unknown[] = [];
	let closed = false;
	let working = false;
	let work = Promise.resolve();

	async function takeIn(): Promise<void> {
		working = true;
		const slices = createSlices(now);
		while (waiting.length > 0) {
			if (slices.spent()) await slices.next();
			if (closed) return;
			const data = waiting.shift();
			try {
				const packet = assemble(data);
				taken();
				if (packet) receive(packet);
			} catch (error) {
				closed = true;
				return onBroken(error as Error);
			}
		}
		working = false;
	}

	return {
		add(data) {
			if (closed) return;
			waiting.push(data);
			if (!working) work = takeIn();
		},
		drained: async () => {
			if (!closed) await work;
		},
		close() {
			closed = true;
			waiting = [];
		},
	};
}
