import { allowSmallModules } from './small-modules';

/**
 * Takes away from this worker's realm, before a component's code is loaded, everything that reaches beyond computing: the network,
 * storage, channels, other workers. The frame's CSP already blocks most of it; nested workers and their memory it cannot. What stays is
 * frozen, so that a component cannot quietly change what the host's code in the same realm relies on. Neither makes the realm trusted.
 */
export function lockDown(): void {
	for (let layer: object | null = globalThis; layer; layer = Object.getPrototypeOf(layer) as object | null) {
		if (layer === Object.prototype) break;
		for (const key of Reflect.ownKeys(layer)) {
			if (typeof key === 'string' && kept.has(key)) continue;
			if (key === Symbol.toStringTag) continue;
			if (!Reflect.deleteProperty(layer, key)) hide(layer, key);
		}
	}
	for (const key of ['createObjectURL', 'revokeObjectURL']) Reflect.deleteProperty(URL, key);
	// A stream that can be read in place, and nothing to pipe it into. Sending it elsewhere would take a `postMessage`, and there is none.
	for (const key of ['pipeTo', 'pipeThrough']) Reflect.deleteProperty(ReadableStream.prototype, key);
	takeAllocators();
	allowSmallModules();
	freezePrimordials();
}

/** Memories and tables are made by instances alone, and those by the host alone, which counts what they may hold. */
function takeAllocators(): void {
	for (const key of ['instantiate', 'instantiateStreaming', 'compile', 'compileStreaming'])
		Reflect.deleteProperty(WebAssembly, key);
	for (const key of ['Module', 'Instance', 'Memory', 'Table'] as const) {
		Reflect.deleteProperty(WebAssembly[key].prototype, 'constructor');
		Reflect.deleteProperty(WebAssembly, key);
	}
}

/** Shadows what cannot be deleted. */
function hide(layer: object, key: PropertyKey): void {
	const { writable } = Object.getOwnPropertyDescriptor(layer, key) ?? {};
	if (writable) Reflect.set(layer, key, undefined);
}

/** The language itself, the few parts of the platform that only compute or wait, and harmless facts by which code can tell where it is. */
const kept: ReadonlySet<string> = new Set(
	[
		'Infinity NaN undefined globalThis self eval isFinite isNaN parseFloat parseInt',
		'decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape',
		'Object Function Boolean Symbol Number BigInt Math Date String RegExp JSON Promise Proxy Reflect Intl Temporal',
		'Error AggregateError EvalError RangeError ReferenceError SuppressedError SyntaxError TypeError URIError',
		'Array ArrayBuffer SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array',
		'Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array Float32Array Float64Array',
		'Map Set WeakMap WeakSet WeakRef FinalizationRegistry Iterator AsyncIterator DisposableStack AsyncDisposableStack',
		'WebAssembly TextEncoder TextDecoder URL URLSearchParams console structuredClone atob btoa',
		'setTimeout clearTimeout setInterval clearInterval queueMicrotask ReadableStream',
		'origin isSecureContext crossOriginIsolated',
	].flatMap((line) => line.split(' ')),
);

function freezePrimordials(): void {
	const seen = new Set<object>();
	const freeze = (value: unknown): void => {
		if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
			return;
		seen.add(value);
		const descriptors = Object.getOwnPropertyDescriptors(value);
		if (isPrototype(value)) allowOverriding(value, descriptors);
		Object.freeze(value);
		freeze(Object.getPrototypeOf(value));
		for (const key of Reflect.ownKeys(descriptors)) {
			const { value: inner, get, set } = descriptors[key as string]!;
			freeze(inner);
			freeze(get);
			freeze(set);
		}
	};
	for (const key of Object.getOwnPropertyNames(globalThis)) {
		if (key !== 'globalThis' && key !== 'self')
			freeze(Object.getOwnPropertyDescriptor(globalThis, key)?.value);
	}
	// Kinds of objects that only syntax reaches.
	freeze(Object.getPrototypeOf([][Symbol.iterator]()));
	freeze(Object.getPrototypeOf(new Map()[Symbol.iterator]()));
	freeze(Object.getPrototypeOf(new Set()[Symbol.iterator]()));
	freeze(Object.getPrototypeOf(''[Symbol.iterator]()));
	freeze(Object.getPrototypeOf(/x/[Symbol.matchAll]('')));
	freeze(Object.getPrototypeOf(async () => {}));
	freeze(Object.getPrototypeOf(function* () {}));
	freeze(Object.getPrototypeOf(async function* () {}));
	for (const part of partsOfStreams()) freeze(Object.getPrototypeOf(part));
}

/** Of each kind of object that a stream is worked with, one. */
function partsOfStreams(): readonly object[] {
	const parts: object[] = [];
	const values = new ReadableStream({ start: (controller) => void parts.push(controller) });
	parts.push(values.getReader());
	try {
		const bytes = new ReadableStream({ type: 'bytes', start: (controller) => void parts.push(controller) });
		parts.push(bytes.getReader({ mode: 'byob' }));
	} catch {
		// WebKit has no streams of bytes.
	}
	const iterated = new ReadableStream() as ReadableStream & Partial<AsyncIterable<unknown>>;
	const iterator = iterated[Symbol.asyncIterator]?.();
	if (iterator) parts.push(iterator);
	return parts;
}

const isPrototype = (value: object) => {
	const constructor = Object.getOwnPropertyDescriptor(value, 'constructor')?.value as
		{ prototype?: unknown } | undefined;
	return typeof constructor === 'function' && constructor.prototype === value;
};

/** What ordinary code sets on its own objects although a prototype has it too, such as the `name` of an error class. */
const overridden = ['constructor', 'name', 'message', 'toString', 'toJSON', 'valueOf'];

/**
 * A frozen data property of a prototype cannot be assigned on the objects that inherit from it; as an accessor pair it can, and the
 * object gets a property of its own.
 */
function allowOverriding(prototype: object, descriptors: { [key: string]: PropertyDescriptor }): void {
	for (const key of overridden) {
		const descriptor = descriptors[key];
		if (!descriptor?.configurable || !('value' in descriptor)) continue;
		const { value, enumerable } = descriptor;
		Object.defineProperty(prototype, key, {
			configurable: true,
			enumerable,
			get: () => value as unknown,
			set(this: object, own: unknown) {
				if (this === prototype) throw new TypeError(`Cannot assign to read only property '${key}'`);
				Object.defineProperty(this, key, {
					value: own,
					configurable: true,
					enumerable: true,
					writable: true,
				});
			},
		});
	}
}
