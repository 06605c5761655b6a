import { describe, expect, test } from 'vitest';
import type { HostCall } from '../core/activity';
import { parseBatch } from './parse';
import { wireLimits, type BatchItem } from './protocol';
import { BatchWriter } from './runner/batch-writer';
import { decode, encode } from './wire';

const rule = { text: 'uri: "fs:///data"', line: 6 };
const storage: HostCall = {
	capability: 'storage',
	operation: 'open-at create',
	target: '/data/a',
	outcome: 'allow',
	rule,
	reason: 'granted',
	at: 1.25,
	access: 'write',
};
const items: readonly BatchItem[] = [
	{ kind: 'call', call: storage },
	{ kind: 'output', stream: 'stdout', bytes: new Uint8Array([1, 2]) },
	{ kind: 'call', call: { ...storage, operation: 'write', at: 2 } },
	{ kind: 'call', call: { ...storage, target: '/data/\u2028"\ud800', at: 0 } },
	{ kind: 'piece', piece: { count: 3, of: 'values', text: 'x' } },
	{ kind: 'output', stream: 'stderr', bytes: new Uint8Array([3]) },
	{
		kind: 'call',
		call: {
			capability: 'network',
			operation: 'GET',
			target: 'https://a.test/',
			outcome: 'deny',
			rule: null,
			reason: 'no-rule',
			result: 'HTTP-request-denied',
			detail: 'more',
			duration: 4,
			at: 3,
		},
	},
	{ kind: 'call', call: { ...storage, rule: { ...rule, line: 7 } } },
	{ kind: 'call', call: { ...storage, rule: { ...rule, line: 7 }, detail: 'to /b' } },
];

function sent(list: readonly BatchItem[]) {
	const writer = new BatchWriter();
	for (const item of list) writer.add(item);
	return writer.take();
}

const arrived = (value: unknown) => parseBatch(decode(encode(value)));

describe('a batch', () => {
	test('arrives as it was, in order', () => {
		expect(arrived(sent(items))).toEqual(items);
	});

	test('names what calls have in common once, and what it is about once in a row', () => {
		const calls = Array.from({ length: 100 }, (_, index): BatchItem[] => [
			{ kind: 'call', call: { ...storage, target: `/data/${index}` } },
			{ kind: 'call', call: { ...storage, operation: 'write', target: `/data/${index}` } },
		]).flat();
		const batch = sent(calls)!;
		const { heads, targets } = JSON.parse(batch.calls) as Record<string, unknown[]>;
		expect([heads!.length, targets!.length]).toEqual([2, 100]);
		expect(arrived(batch)).toEqual(calls);
	});

	test('is clipped to what the page takes', () => {
		const long = 'x'.repeat(100_000);
		const call = { ...storage, operation: long, target: long, result: long, detail: long };
		const [item] = arrived(sent([{ kind: 'call', call }]));
		expect(item).toMatchObject({
			call: {
				operation: long.slice(0, wireLimits.word),
				target: long.slice(0, wireLimits.target),
				result: long.slice(0, wireLimits.word),
				detail: long.slice(0, wireLimits.detail),
			},
		});
	});

	test('is full when it holds many items or large ones, and empty once taken', () => {
		const writer = new BatchWriter();
		for (let at = 1; at < wireLimits.batch; at++) writer.add({ kind: 'call', call: storage });
		expect(writer.isFull).toBe(false);
		writer.add({ kind: 'call', call: storage });
		expect(writer.isFull).toBe(true);
		expect(writer.take()).not.toBeNull();
		expect(writer.take()).toBeNull();
		writer.add({ kind: 'output', stream: 'stdout', bytes: new Uint8Array(70_000) });
		expect(writer.isFull).toBe(true);
	});

	const { capability, operation, outcome, reason } = storage;
	const head = { capability, operation, outcome, rule, reason };
	const good = { heads: [head], targets: ['/data'], rows: [0, 0, 1] };
	const others: BatchItem[] = [{ kind: 'output', stream: 'stdout', bytes: new Uint8Array(1) }];
	const forged = (calls: object, more: unknown = []) => ({
		calls: JSON.stringify({ ...good, ...calls }),
		others: more,
	});

	test('that is well formed is taken', () => {
		expect(arrived(forged({}))).toHaveLength(1);
		expect(arrived(forged({ rows: [-1, 0, 0] }, others))).toHaveLength(1);
	});

	test.each<[what: string, batch: unknown]>([
		['is no record', []],
		['holds no JSON', { calls: '{', others: [] }],
		['holds JSON of something else', { calls: 'null', others: [] }],
		['has too many items', forged({ rows: Array.from({ length: 257 }, () => [0, 0, 1]).flat() })],
		['has too many targets', forged({ targets: new Array(257).fill('/data') })],
		['has too many heads', forged({ heads: new Array(257).fill(head) })],
		['names a head that is not there', forged({ rows: [1, 0, 1] })],
		['names a target that is not there', forged({ rows: [0, 1, 1] })],
		['names a head by a word', forged({ rows: ['length', 0, 1] })],
		['names a target by a word', forged({ rows: [0, 'at', 1] })],
		['has half a row', forged({ rows: [0, 0] })],
		['has no time', forged({ rows: [0, 0, null] })],
		['was before its call', forged({ rows: [0, 0, -2] })],
		['has an output that is not there', forged({ rows: [-1, 0, 0] })],
		['has a call among the others', forged({ rows: [-1, 0, 0] }, [{ kind: 'call', call: storage }])],
		['has a head that is none', forged({ heads: [{}] })],
		['has an unknown reason', forged({ heads: [{ ...head, reason: 'because' }] })],
		['has a rule that is none', forged({ heads: [{ ...head, rule: { text: 1, line: 1 } }] })],
		['has a target that is too long', forged({ targets: ['x'.repeat(wireLimits.target + 1)] })],
		['has a target that is no text', forged({ targets: [1] })],
	])('that %s is refused', (_what, batch) => {
		expect(() => arrived(batch)).toThrow();
	});
});
