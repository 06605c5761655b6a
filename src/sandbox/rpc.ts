import { announcesBytes, decode, encode, type Packet } from './wire';

/** Anything with a port's two ends: a `MessagePort`, a dedicated worker's own scope, or a test's channel. */
export interface Endpoint {
	postMessage(message: string | ArrayBuffer, transfer: ArrayBuffer[]): void;
}

/** Functions by name; each takes at most one plain value and answers with one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any function at all, as in TypeScript's own Parameters<T>
export type Functions<T> = { [K in keyof T]: (argument: any) => unknown };

/** What answers the calls in T. */
export type Handlers<T extends Functions<T>> = {
	readonly [K in keyof T]: (...argument: Parameters<T[K]>) => ReturnType<T[K]> | Promise<ReturnType<T[K]>>;
};

export interface Connection<Remote extends Functions<Remote>> {
	/** Asks the other side. Rejects with its error's message, or with the reason that `fail` was given. */
	call<K extends keyof Remote & string>(
		name: K,
		...argument: Parameters<Remote[K]>
	): Promise<Awaited<ReturnType<Remote[K]>>>;
	/** Tells the other side something that has no answer. */
	tell<K extends keyof Remote & string>(name: K, ...argument: Parameters<Remote[K]>): void;
	/** Takes one message of the other side. */
	receive(packet: Packet): void;
	/** Ends the connection: every call under way, and every later one, rejects with the reason. */
	fail(reason: Error): void;
}

/** The other side sent something that is not part of the conversation. */
export class ProtocolError extends Error {}

interface Pending {
	readonly resolve: (value: never) => void;
	readonly reject: (reason: Error) => void;
}

/**
 * Joins the two ends of a conversation in which either side may call the other. Only plain data crosses (`wire.ts`). A message that
 * cannot be read, names no handler or answers nothing fails the connection, and `onBroken` is told why.
 */
export const connect = <
	Remote extends Functions<Remote>,
	Local extends Functions<Local> = Record<never, never>,
>(
	endpoint: Endpoint,
	handlers: Handlers<Local>,
	onBroken: (reason: Error) => void = () => {},
	/** Told of each answer once it has gone out, copied: what it was made of may be given up. */
	onAnswered: (name: string, value: unknown) => void = () => {},
): Connection<Remote> => new Joined<Remote>(endpoint, Object.entries(handlers), { onBroken, onAnswered });

interface Listeners {
	readonly onBroken: (reason: Error) => void;
	readonly onAnswered: (name: string, value: unknown) => void;
}

class Joined<Remote extends Functions<Remote>> implements Connection<Remote> {
	readonly #endpoint: Endpoint;
	readonly #served: ReadonlyMap<string, (argument: unknown) => unknown>;
	readonly #listeners: Listeners;
	readonly #pending = new Map<number, Pending>();
	#lastId = 0;
	#failed: Error | null = null;

	constructor(
		endpoint: Endpoint,
		served: readonly (readonly [name: string, handle: (argument: unknown) => unknown])[],
		listeners: Listeners,
	) {
		this.#endpoint = endpoint;
		this.#served = new Map(served);
		this.#listeners = listeners;
	}

	call: Connection<Remote>['call'] = (name, ...argument) =>
		new Promise((resolve, reject) => {
			if (this.#failed) return reject(this.#failed);
			const id = ++this.#lastId;
			this.#pending.set(id, { resolve, reject });
			this.#send({ type: 'call', id, name, argument: argument[0] ?? null });
		});

	tell: Connection<Remote>['tell'] = (name, ...argument) =>
		this.#send({ type: 'news', name, argument: argument[0] ?? null });

	receive = (packet: Packet): void => {
		if (this.#failed) return;
		try {
			this.#take(parseMessage(decode(packet)));
		} catch (error) {
			this.#breakOff(error instanceof Error ? error : new ProtocolError(String(error)));
		}
	};

	fail = (reason: Error): void => {
		if (this.#failed) return;
		this.#failed = reason;
		for (const { reject } of this.#pending.values()) reject(reason);
		this.#pending.clear();
	};

	#send(message: unknown): void {
		if (!this.#failed) post(this.#endpoint, encode(message));
	}

	#breakOff(reason: Error): void {
		if (this.#failed) return;
		this.fail(reason);
		this.#listeners.onBroken(reason);
	}

	async #answer(
		{ id, name, argument }: Extract<Message, { type: 'call' }>,
		handle: (argument: unknown) => unknown,
	): Promise<void> {
		try {
			const value = (await handle(argument)) ?? null;
			this.#send({ type: 'value', id, value });
			this.#listeners.onAnswered(name, value);
		} catch (error) {
			if (error instanceof ProtocolError) this.#breakOff(error);
			else this.#send({ type: 'error', id, message: error instanceof Error ? error.message : String(error) });
		}
	}

	#take(message: Message): void {
		switch (message.type) {
			case 'call':
			case 'news': {
				const handle = this.#served.get(message.name);
				if (!handle) throw new ProtocolError(`nothing answers to "${message.name.slice(0, 40)}"`);
				if (message.type === 'news') handle(message.argument);
				else void this.#answer(message, handle);
				return;
			}
			case 'value':
			case 'error': {
				const call = this.#pending.get(message.id);
				if (!call) throw new ProtocolError('an answer to nothing');
				this.#pending.delete(message.id);
				if (message.type === 'value') call.resolve(message.value as never);
				else call.reject(new Error(message.message));
			}
		}
	}
}

type Message =
	| { readonly type: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
	| { readonly type: 'news'; readonly name: string; readonly argument: unknown }
	| { readonly type: 'value'; readonly id: number; readonly value: unknown }
	| { readonly type: 'error'; readonly id: number; readonly message: string };

function parseMessage(value: unknown): Message {
	const wrong = new ProtocolError('a message of no known form');
	if (typeof value !== 'object' || value === null) throw wrong;
	const { type, id, name, argument, message, ...rest } = value as { [key: string]: unknown };
	const isId = Number.isSafeInteger(id);
	if (type === 'news' && typeof name === 'string') return { type, name, argument };
	if (type === 'call' && isId && typeof name === 'string') return { type, id: id as number, name, argument };
	if (type === 'value' && isId) return { type, id: id as number, value: rest.value };
	if (type === 'error' && isId && typeof message === 'string') return { type, id: id as number, message };
	throw wrong;
}

/** Sends a packet as one message, or as two where it has bytes. */
export function post(endpoint: Endpoint, { text, bytes }: Packet): void {
	endpoint.postMessage(text, []);
	if (bytes) endpoint.postMessage(bytes, [bytes]);
}

/** Joins a text and the bytes it announces into packets. Whatever is neither, or out of turn, throws. */
export function createAssembler(limits: { text: number; bytes: number }): (data: unknown) => Packet | null {
	let waiting: string | null = null;
	return (data) => {
		if (waiting === null) {
			if (typeof data !== 'string') throw new ProtocolError('a message that is not text');
			if (data.length > limits.text) throw new ProtocolError('a message that is too long');
			if (!announcesBytes(data)) return { text: data, bytes: null };
			waiting = data;
			return null;
		}
		if (!(data instanceof ArrayBuffer)) throw new ProtocolError('a message whose bytes are missing');
		if (data.byteLength > limits.bytes) throw new ProtocolError('a message that is too large');
		const packet = { text: waiting, bytes: data };
		waiting = null;
		return packet;
	};
}
