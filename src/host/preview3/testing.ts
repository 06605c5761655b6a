import type { Descriptor } from '../filesystem/descriptor';
import { Descriptor3 } from './filesystem';

/** What a call of 0.3 came to. */
type Logged = { readonly value: unknown } | { readonly error: unknown };

/** A call of 0.3 has to be waited for before an operation of 0.2 can go on. */
class Pending {
	constructor(readonly promise: Promise<Logged>) {}
}

interface Target {
	readonly three: Descriptor3;
}

/**
 * Runs an operation that is written for descriptors of 0.2 on those of 0.3: it is started again after each call, with the answers so far, and
 * so never has to wait. `make` wraps a descriptor of the one for use as one of the other.
 */
export async function throughThree<T>(
	operation: (make: (descriptor: Descriptor) => Descriptor) => T,
): Promise<T> {
	const log: Logged[] = [];
	for (;;) {
		let at = 0;
		const answer = (call: () => Promise<unknown>): unknown => {
			const logged = log[at++];
			if (!logged)
				throw new Pending(
					call().then(
						(value) => ({ value }),
						(error: unknown) => ({ error }),
					),
				);
			if ('error' in logged) throw codeOf(logged.error);
			return logged.value;
		};
		const wrap = (three: Descriptor3): Descriptor => asTwo({ three }, answer, wrap);
		try {
			return operation((descriptor) => wrap(Descriptor3.over(descriptor)));
		} catch (error) {
			if (!(error instanceof Pending)) throw error;
			log.push(await error.promise);
		}
	}
}

const targets = new WeakMap<object, Target>();

function asTwo(
	target: Target,
	answer: (call: () => Promise<unknown>) => unknown,
	wrap: (three: Descriptor3) => Descriptor,
): Descriptor {
	const { three } = target;
	const special: { readonly [name: string]: (...args: never[]) => unknown } = {
		read: (length: bigint, offset: bigint) => answer(() => readOf(three, length, offset)),
		write: (bytes: Uint8Array, offset: bigint) =>
			answer(async () => {
				settled(await three.writeViaStream(streamOf(bytes), offset));
				return BigInt(bytes.length);
			}),
		readViaStream: (offset: bigint) => answer(() => readOf(three, 1n, offset)),
		writeViaStream: (offset: bigint) =>
			answer(async () => settled(await three.writeViaStream(streamOf(new Uint8Array()), offset))),
		appendViaStream: () =>
			answer(async () => settled(await three.appendViaStream(streamOf(new Uint8Array())))),
		readDirectory() {
			const entries = answer(async () => {
				const [stream, outcome] = three.readDirectory();
				const list: unknown[] = [];
				for await (const entry of stream) list.push(entry);
				settled(await outcome);
				return list;
			}) as unknown[];
			let next = 0;
			return { readDirectoryEntry: () => entries[next++] };
		},
	};
	const two = new Proxy({} as Descriptor, {
		get(_, name) {
			if (typeof name === 'string' && Object.hasOwn(special, name)) return special[name];
			return (...args: unknown[]) => {
				const method = (three as unknown as Record<PropertyKey, (...given: unknown[]) => unknown>)[name];
				const given = args.map((arg) => targets.get(arg as object)?.three ?? arg);
				const value = answer(async () => method!.apply(three, given));
				return value instanceof Descriptor3 ? wrap(value) : value;
			};
		},
	});
	targets.set(two, target);
	return two;
}

async function readOf(three: Descriptor3, length: bigint, offset: bigint): Promise<unknown> {
	const [stream, outcome] = three.readViaStream(offset);
	const iterator = stream[Symbol.asyncIterator]();
	const { value, done } = await iterator.next();
	await iterator.return?.();
	settled(await outcome);
	return done ? [new Uint8Array(), true] : [(value as Uint8Array).subarray(0, Number(length)), false];
}

function settled(outcome: { readonly tag: 'ok' | 'err'; readonly val?: unknown }): void {
	if (outcome.tag === 'err') throw outcome.val;
}

/** A guest's stream of these bytes, as generated code hands it over. */
function streamOf(bytes: Uint8Array) {
	let rest: Uint8Array | null = bytes.length > 0 ? bytes : null;
	return {
		read: async () => {
			const value = rest;
			rest = null;
			return value ? { value, done: false } : { done: true };
		},
	};
}

const codeOf = (error: unknown): unknown =>
	typeof error === 'object' && error !== null && 'tag' in error ? error.tag : error;
