import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { failureOf, instantiate, type Surroundings } from './run-in-node';

const load = (name: string, surroundings?: Surroundings) =>
	instantiate(
		new Uint8Array(readFileSync(new URL(`../e2e/components/${name}/${name}.wasm`, import.meta.url))),
		surroundings,
	);

describe('the component types', () => {
	// Nothing of it stays from one call to the next, so one of it serves all of them.
	let types: Awaited<ReturnType<typeof load>>;
	beforeAll(async () => void (types = await load('types')));
	const point = { x: -1, y: 2 };
	const segment = { startPoint: point, endPoint: { x: 3, y: 4 }, label: 'é', tags: ['a', ''] };

	test.each([
		['echoBool', true],
		['echoU8', 255],
		['echoU16', 65_535],
		['echoU32', 4_294_967_295],
		['echoU64', 18_446_744_073_709_551_615n],
		['echoS8', -128],
		['echoS16', -32_768],
		['echoS32', -2_147_483_648],
		['echoS64', -9_223_372_036_854_775_808n],
		['echoF32', 0.5],
		['echoF64', Number.NaN],
		['echoChar', '🎞'],
		['echoString', 'naïve 日本 \u0000'],
		['echoBytes', Uint8Array.of(0, 255)],
		['echoStrings', ['', 'b']],
		['echoPoints', [point]],
		['echoSegment', segment],
		['echoOption', undefined],
		['echoOptionOption', { tag: 'some', val: undefined }],
		['echoOptionOption', { tag: 'some', val: 7 }],
		['echoResult', { tag: 'err', val: 'no' }, [{ tag: 'err', val: 'no' }]],
		['echoTuple', [1, 'two', true]],
		['echoShape', { tag: 'nothing', val: undefined }, { tag: 'nothing' }],
		['echoShape', { tag: 'segment', val: segment }],
		['echoShapes', [{ tag: 'circle', val: 1.5 }]],
		['echoSize', 'very-large'],
		['echoFeatures', { a: false, b: true, cD: true }],
	])('gives back what %s is given: %o', (name, value, answer: unknown = value) => {
		expect(types[name](value)).toEqual(answer);
	});

	test('has an interface with functions of its own', () => {
		const { choices } = types;
		expect(choices.echoColour('dark-blue')).toBe('dark-blue');
		expect(choices.echoAccess({ write: true })).toEqual({ read: false, write: true, appendOnly: false });
	});

	test('answers with every shape of result', () => {
		expect(types.makeResult('yes', true)).toBe('yes');
		expect(failureOf(() => types.makeResult('no', false))).toBe('no');
		expect(failureOf(() => types.makeShapeResult(false))).toEqual({ tag: 'circle', val: 1.5 });
		expect(types.makeResultWithoutErr(true)).toBe('yes');
		expect(types.makeResultWithoutOk(true)).toBeUndefined();
		expect(types.makeEmptyResult(true)).toBeUndefined();
	});
});

describe('the component trap', () => {
	test('returns bytes that are no text, which a lenient host replaces', async () => {
		expect((await load('trap')).badString()).toBe('\ufffd\ufffd');
	});

	test.each([
		['unreachable', /unreachable/],
		['divide', /divide by zero/],
		['readOutside', /out of bounds/],
		['overflowStack', /call stack/],
	])('fails in %s', async (name, message) => {
		const trap = await load('trap');
		expect(() => trap[name]()).toThrow(message);
	});
});

test('the component loop answers a ping', async () => {
	expect((await load('loop')).ping()).toBe(1);
});

test('the component missing-import asks the interface that no host has', async () => {
	const stock = { level: () => 12 };
	expect((await load('missing-import', { imports: { 'acme:warehouse/stock': stock } })).count()).toBe(12);
});

test('the component sleep waits as long as its clock takes', async () => {
	let now = 0n;
	class Timer {
		constructor(readonly at: bigint) {}
		ready = () => this.at <= now;
		block() {
			now = this.at;
		}
	}
	const sleep = await load('sleep', {
		imports: {
			'wasi:clocks/monotonic-clock': {
				now: () => now,
				subscribeDuration: (duration: bigint) => new Timer(now + duration),
			},
			'wasi:io/poll': {
				Pollable: Timer,
				poll: (timers: Timer[]) => {
					timers.reduce((first, timer) => (timer.at < first.at ? timer : first)).block();
					return Uint32Array.from(timers.flatMap((timer, i) => (timer.ready() ? [i] : [])));
				},
			},
		},
	});
	expect(sleep.sleep(250)).toBe(250n);
	expect(sleep.race(30, 20)).toEqual([1, 1]);
});

test('the component print writes numbered lines, and complains elsewhere', async () => {
	const written = { out: '', err: '' };
	class Stream {
		constructor(readonly name: 'out' | 'err') {}
		write = (bytes: Uint8Array) => void (written[this.name] += Buffer.from(bytes).toString());
		checkWrite = () => 4096n;
		blockingWriteAndFlush = this.write;
		blockingFlush() {}
	}
	class Input {}
	const print = await load('print', {
		imports: {
			'wasi:io/streams': { OutputStream: Stream, InputStream: Input },
			'wasi:cli/stdin': { getStdin: () => new Input() },
			'wasi:cli/stdout': { getStdout: () => new Stream('out') },
			'wasi:cli/stderr': { getStderr: () => new Stream('err') },
		},
	});
	print.print('line', 2);
	print.complain('no');
	expect(written).toEqual({ out: '1 line\n2 line\n', err: 'no\n' });
});

test('the component many-host-calls calls as often as it is told', async () => {
	const now = vi.fn(() => 5n);
	const getEnvironment = vi.fn(() => [['A', '1']]);
	const calls = await load('many-host-calls', {
		imports: { 'wasi:clocks/monotonic-clock': { now }, 'wasi:cli/environment': { getEnvironment } },
	});
	expect(calls.readClock(1000)).toBe(5n);
	expect(calls.readVariables(10)).toBe(1);
	expect([now.mock.calls.length, getEnvironment.mock.calls.length]).toEqual([1000, 10]);
});

test('the component exit leaves with the status it is told', async () => {
	const left: unknown[] = [];
	const exit = (status: unknown) => {
		left.push(status);
		throw new Error('left');
	};
	const component = await load('exit', { imports: { 'wasi:cli/exit': { exit } } });
	expect(() => component.leave(false)).toThrow('left');
	expect(left).toEqual([{ tag: 'err', val: undefined }]);
});

test('the component big-result answers as long as it is told', async () => {
	const big = await load('big-result');
	expect(big.text(3_000_000)).toHaveLength(3_000_000);
	expect([...big.bytes(300)].at(-1)).toBe(299 & 255);
	expect(big.strings(3)).toEqual(['entry', 'entry', 'entry']);
	expect(big.text(0)).toBe('');
});
