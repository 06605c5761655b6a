import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { holdsMoreThan } from '../core/part-of-json';
import { nextTask } from '../sandbox/slices';
import { asWritten, crossingCopy, crossingText, keepCopyWritten } from './crossing';
import { createWireRecorder, type WireMessage, type WireOptions } from './wire';

/**
 * Two transports joined inside one page. Every message is turned to JSON text once and parsed again on the other side, so that neither
 * end holds an object of the other, and each text is told to `onMessage`. Integers that a double cannot hold arrive as bigints.
 */
export function createLink(options: WireOptions): { readonly client: Transport; readonly server: Transport } {
	const record = createWireRecorder(options);
	const client = new LinkedTransport('client→server', record);
	const server = new LinkedTransport('server→client', record);
	client.peer = server;
	server.peer = client;
	return { client, server };
}

/** Characters from which on a message is a long one. */
const longFrom = 2 ** 20;
/** Values in a message of which printing takes as long as reading a long one. */
export const manyValues = 100_000;

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

	constructor(direction: WireMessage['direction'], record: ReturnType<typeof createWireRecorder>) {
		this.#direction = direction;
		this.#record = record;
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
		if (holdsMoreThan(message, manyValues)) await nextTask();
		const text = crossingText(asWritten(message));
		const isLong = text.length > longFrom;
		if (isLong) await nextTask();
		const copy = crossingCopy(text);
		keepCopyWritten(text, copy);
		if (isLong) await nextTask();
		this.#record(this.#direction, copy, text);
		const { peer } = this;
		if (peer) peer.#receive(copy as JSONRPCMessage);
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
