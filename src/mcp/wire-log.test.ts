import { describe, expect, test } from 'vitest';
import type { WireMessage } from './wire';
import { WireLog } from './wire-log';

const message = (id: number, size: number): WireMessage => ({
	id,
	size,
	direction: 'client→server',
	kind: 'notification',
	method: 'm',
	rpcId: null,
	text: 'x'.repeat(size),
	at: 0,
});

const ids = (log: WireLog) => log.messages.map(({ id }) => id);

describe('the log of the wire', () => {
	test('keeps the most recent messages, and counts those it let go', () => {
		const log = new WireLog({ messages: 2, bytes: 100 });
		[1, 2, 3].forEach((id) => log.add(message(id, 1)));
		expect(ids(log)).toEqual([2, 3]);
		expect(log.dropped).toBe(1);
	});

	test('stays within its bytes', () => {
		const log = new WireLog({ messages: 10, bytes: 10 });
		log.add(message(1, 4));
		log.add(message(2, 4));
		log.add(message(3, 4));
		expect(ids(log)).toEqual([2, 3]);
		log.add(message(4, 2));
		expect(ids(log)).toEqual([2, 3, 4]);
	});

	test('keeps the newest message however large', () => {
		const log = new WireLog({ messages: 10, bytes: 10 });
		log.add(message(1, 4));
		log.add(message(2, 50));
		expect(ids(log)).toEqual([2]);
		log.add(message(3, 1));
		expect(ids(log)).toEqual([3]);
	});

	test('numbers the messages of several connections in one row, and says whose they are', () => {
		const log = new WireLog();
		log.add(message(1, 1));
		log.from('elsewhere')(message(1, 1));
		expect(log.messages.map(({ id, connection }) => [id, connection])).toEqual([
			[1, undefined],
			[2, 'elsewhere'],
		]);
	});

	test('tells whoever listens, with a new array each time', () => {
		const log = new WireLog();
		let told = 0;
		const stop = log.subscribe(() => (told += 1));
		const before = log.messages;
		log.add(message(1, 1));
		log.clear();
		stop();
		log.add(message(2, 1));
		expect(told).toBe(2);
		expect(log.messages).not.toBe(before);
	});
});
