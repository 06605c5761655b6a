import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseBatch } from '../parse';
import type { BatchItem } from '../protocol';
import { createOutbox } from './outbox';

const item = (target: string): BatchItem => ({
	kind: 'call',
	call: {
		capability: 'environment',
		operation: 'get',
		target,
		outcome: 'allow',
		rule: null,
		reason: 'granted',
		at: 0,
	},
});

describe('an outbox', () => {
	let time = 0;
	const sent: string[][] = [];
	const open = () =>
		createOutbox(
			(batch) =>
				sent.push(parseBatch(batch).map((one) => (one.kind === 'call' ? one.call.target : one.kind))),
			() => time,
			{ burst: 2, perSecond: 100 },
		);

	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		time = 0;
		sent.length = 0;
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	test('sends at once while little happens', () => {
		const outbox = open();
		outbox.push(item('a'));
		outbox.push(item('b'));
		expect(sent).toEqual([['a'], ['b']]);
	});

	test('holds back what comes faster, and sends it in order', () => {
		const outbox = open();
		for (const target of ['a', 'b', 'c', 'd']) outbox.push(item(target));
		expect(sent).toEqual([['a'], ['b']]);
		time = 10;
		outbox.push(item('e'));
		expect(sent.at(-1)).toEqual(['c', 'd', 'e']);
	});

	test('sends a full batch without waiting', () => {
		const outbox = open();
		for (let index = 0; index < 258; index++) outbox.push(item(String(index)));
		expect(sent.map((batch) => batch.length)).toEqual([1, 1, 256]);
	});

	test('sends what is held back when the guest waits, or when it is told to', () => {
		const outbox = open();
		for (const target of ['a', 'b', 'c']) outbox.push(item(target));
		vi.advanceTimersByTime(5);
		expect(sent.at(-1)).toEqual(['c']);
		outbox.push(item('d'));
		outbox.flush();
		expect(sent.at(-1)).toEqual(['d']);
		outbox.flush();
		expect(sent).toHaveLength(4);
	});
});
