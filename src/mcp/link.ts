import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { holdsMoreThan } from '../core/part-of-json';
import { createSlices, nextTask } from '../sandbox/slices';
import { crossInTurns, holdersOfLongStrings, type Crossed } from './cross-in-turns';
import { asWritten, crossingCopy, crossingText, keepCopyWritten } from './crossing';
import { createWireRecorder, type WireMessage, type WireOptions } from './wire';

/**
 * Two transports joined inside one page. Every message is turned to JSON text once and parsed again on the other side, so that neither
 * end holds an object of the other, and each text is told to `onMessage`. Integers that a double cannot hold arrive as bigints.
 */
export function createLink(options: WireOptions): { readonly client: Transport; readonly server: Transport } {
	const record = createWireRecorder(options);
	const client = new LinkedTransport('client→server', record, options.now);
	const server = new LinkedTransport('server→client', record, options.now);
	client.peer = server;
	server.peer = client;
	return { client, server };
}

const crossed = (message: unknown): Pick<Crossed, 'text' | 'copy'> & { readonly size?: number } => {
	const text = crossingText(message);
	return { text, copy: crossingCopy(text) };
};

/** Values in a message from which on it is a long one. */
export const manyValues = 50_000;

class LinkedTransport implements Transport {
	onclose?: () => void;
	onerror?: (error: Error) => void;
	onmessage?: Transport['onmessage'];
	peer: LinkedTransport | null = null;
	#started = false;
	/** What is being sent; null where nothing is. */
	#sending: Promise<void> | null = null;
	readonly #early: JSONRPCMessage[] = [];
	readonly #direction: WireMessage['direction'];
	readonly #record: ReturnType<typeof createWireRecorder>;

	readonly #now: () => number;

	constructor(
		direction: WireMessage['direction'],
		record: ReturnType<typeof createWireRecorder>,
		now: () => number,
	) {
		this.#direction = direction;
		this.#record = record;
		this.#now = now;
	}

	async start(): Promise<void> {
		this.#started = true;
		for (const message of this.#early.splice(0)) this.#deliver(message);
	}

	async send(message: JSONRPCMessage): Promise<void> {
		if (!this.peer) throw new Error('The connection is closed.');
		const before = this.#sending;
		const sent = before ? before.then(() => this.#send(message)) : this.#send(message);
		const settled = sent
			.catch(() => {})
			.then(() => {
				if (this.#sending === settled) this.#sending = null;
			});
		this.#sending = settled;
		return sent;
	}

	/** A long message is printed, read and taken in in tasks of their own; those after it wait. */
	async #send(message: JSONRPCMessage): Promise<void> {
		const whole = asWritten(message);
		const holders = holdersOfLongStrings(whole);
		const isLong = holders.size > 0 || holdsMoreThan(message, manyValues);
		const { text, copy, size } = isLong ? await this.#crossLong(whole, holders) : crossed(whole);
		keepCopyWritten(text, copy);
		if (isLong) await nextTask();
		this.#record(this.#direction, copy, text, size);
		const { peer } = this;
		if (peer) peer.#receive(copy as JSONRPCMessage);
	}

	async #crossLong(message: unknown, holders: ReadonlySet<object>): Promise<Crossed> {
		await nextTask();
		const done = await crossInTurns(message, holders, createSlices(this.#now));
		await nextTask();
		return done;
	}

	async close(): Promise<void> {
		const peer = this.peer;
		if (!peer) return;
		this.peer = null;
		this.#early.length = 0;
		await peer.close();
		this.onclose?.();
	}

	#receive(message: JSONRPCMessage): void {
		if (this.#started) this.#deliver(message);
		else this.#early.push(message);
	}

	/** In a turn of its own, as a message from elsewhere would come: a sender is never inside its receiver. */
	#deliver(message: JSONRPCMessage): void {
		queueMicrotask(() => {
			if (this.peer) this.onmessage?.(message);
		});
	}
}
