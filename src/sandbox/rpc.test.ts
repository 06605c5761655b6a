import { describe, expect, test, vi } from 'vitest';
import { connect, createAssembler, ProtocolError, type Endpoint, type Handlers } from './rpc';
import { encode } from './wire';

type Sums = {
	add(pair: readonly [number, number]): number;
	fail(): never;
	later(): string;
};

/** Two ends joined as a port would join them, without its delay. */
function pair() {
	const ends: { left?: (data: unknown) => void; right?: (data: unknown) => void } = {};
	const to = (end: 'left' | 'right'): Endpoint => ({ postMessage: (message) => ends[end]?.(message) });
	const reader = (receive: (packet: NonNullable<ReturnType<ReturnType<typeof createAssembler>>>) => void) => {
		const assemble = createAssembler({ text: 1000, bytes: 1000 });
		return (data: unknown) => {
			const packet = assemble(data);
			if (packet) receive(packet);
		};
	};
	return { ends, to, reader };
}

function joined(handlers: Partial<Handlers<Sums>> = {}) {
	const { ends, to, reader } = pair();
	const onBroken = vi.fn();
	const sandbox = connect<Sums>(to('right'), {}, onBroken);
	const served = connect<Record<never, never>, Sums>(to('left'), {
		add: ([a, b]) => a + b,
		fail() {
			throw new Error('no such thing');
		},
		later: async () => 'later',
		...handlers,
	});
	ends.left = reader(sandbox.receive);
	ends.right = reader(served.receive);
	return { sandbox, served, onBroken, ends };
}

describe('a sandbox connection', () => {
	test('answers a call with its value', async () => {
		const { sandbox } = joined();
		await expect(sandbox.call('add', [1, 2])).resolves.toBe(3);
		await expect(sandbox.call('later')).resolves.toBe('later');
	});

	test('answers a call with its error', async () => {
		await expect(joined().sandbox.call('fail')).rejects.toThrow('no such thing');
	});

	test('knows the names and the arguments of its calls', async () => {
		const { sandbox } = joined({ add: () => 0 });
		// @ts-expect-error -- there is no such call
		const misspelt = sandbox.call('ad', [1, 2]);
		await expect(Promise.race([misspelt, Promise.resolve('never answered')])).resolves.toBe('never answered');
		// @ts-expect-error -- it takes numbers
		await expect(joined({ add: () => 0 }).sandbox.call('add', ['1', '2'])).resolves.toBe(0);
	});

	test('rejects calls in flight when the worker is gone', async () => {
		const { sandbox } = joined({ later: () => new Promise(() => {}) });
		const call = sandbox.call('later');
		sandbox.fail(new Error('worker terminated'));
		await expect(call).rejects.toThrow('worker terminated');
	});

	test('rejects calls made after it failed', async () => {
		const { sandbox } = joined();
		sandbox.fail(new Error('worker terminated'));
		await expect(sandbox.call('add', [1, 2])).rejects.toThrow('worker terminated');
	});

	test.each([
		['names nothing that answers', { type: 'call', id: 1, name: 'toString', argument: null }],
		['answers nothing', { type: 'value', id: 7, value: 1 }],
		['has no known form', { type: 'surprise' }],
		['is no record', 'call'],
	])('breaks off at a message that %s', async (_what, message) => {
		const { sandbox, onBroken } = joined({ later: () => new Promise(() => {}) });
		const call = sandbox.call('later');
		sandbox.receive(encode(message));
		expect(onBroken).toHaveBeenCalledWith(expect.any(Error));
		await expect(call).rejects.toThrow();
	});

	test('breaks off at a message that does not parse', () => {
		const { sandbox, onBroken } = joined();
		sandbox.receive({ text: '-{"type":', bytes: null });
		expect(onBroken).toHaveBeenCalledTimes(1);
	});

	test('breaks off where a handler finds its argument wrong', async () => {
		const { ends, to, reader } = pair();
		const onBroken = vi.fn();
		const page = connect<Record<never, never>, Sums>(
			to('left'),
			{
				add() {
					throw new ProtocolError('not numbers');
				},
				fail: () => undefined as never,
				later: () => '',
			},
			onBroken,
		);
		ends.right = reader(page.receive);
		ends.right(encode({ type: 'call', id: 1, name: 'add', argument: [] }).text);
		await vi.waitFor(() => expect(onBroken).toHaveBeenCalledWith(new ProtocolError('not numbers')));
	});

	test('works over a real message channel, bytes and bigints included', async () => {
		const { port1, port2 } = new MessageChannel();
		type Echo = { echo(value: unknown): unknown };
		const near = connect<Echo>(port1, {});
		const far = connect<Record<never, never>, Echo>(port2, { echo: (value) => value });
		for (const [port, end] of [
			[port1, near],
			[port2, far],
		] as const) {
			const assemble = createAssembler({ text: 1000, bytes: 1000 });
			port.onmessage = ({ data }) => {
				const packet = assemble(data);
				if (packet) end.receive(packet);
			};
		}
		const value = { bytes: new Uint8Array([1, 2, 3]), big: 2n ** 63n, text: 'a', list: [null, true] };
		await expect(near.call('echo', value)).resolves.toEqual(value);
		port1.close();
	});
});

describe('an assembler of messages', () => {
	const assembler = () => createAssembler({ text: 10, bytes: 4 });

	test.each([
		['what is neither text nor bytes', { text: '-' }],
		['a text that is too long', '-'.repeat(11)],
		['bytes that nothing announced', new ArrayBuffer(1)],
	])('refuses %s', (_what, data) => {
		expect(() => assembler()(data)).toThrow(ProtocolError);
	});

	test.each([
		['a text in the place of bytes', '-1'],
		['more bytes than it may take', new ArrayBuffer(5)],
	])('refuses %s', (_what, data) => {
		const assemble = assembler();
		expect(assemble('+1')).toBeNull();
		expect(() => assemble(data)).toThrow(ProtocolError);
	});
});
