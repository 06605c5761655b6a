import { describe, expect, test } from 'vitest';
import type { Scenario } from '../core/scenario';
import { headOf, namesOf, readHead } from './session-head';

const scenario: Scenario = {
	version: 1,
	title: 'A title',
	components: [
		{ id: 'a', source: { file: 'a.wasm' }, sha256: 'a'.repeat(64), policy: null },
		{ id: 'b', source: { sample: 'time' }, policy: null },
	],
};
const head = {
	...{ id: 'one', name: 'Mine', savedAt: 5, title: 'A title', components: ['a', 'b'] },
	...{ digests: ['a'.repeat(64)], contents: [] },
};

describe('the head of a session', () => {
	test('has what a list shows of it, and names what it holds elsewhere', () => {
		const made = headOf({ id: 'one', name: 'Mine', savedAt: 5, scenario }, [['/data/big', 'key']]);
		expect(made).toEqual({ ...head, contents: [['/data/big', 'key']] });
		expect(namesOf(made)).toEqual(['a'.repeat(64), 'key']);
		expect(readHead(made)).toEqual(made);
	});

	test('is made of a whole session of version 1 of the database', () => {
		expect(readHead({ id: 'one', name: 'Mine', savedAt: 5, scenario })).toEqual(head);
		expect(readHead({ id: 'one', name: null, savedAt: 5, provisional: true, scenario })).toEqual({
			...head,
			...{ name: null, provisional: true },
		});
	});

	test.each([null, 5, {}, { id: 5 }, []])('is not made of %j', (record) => {
		expect(readHead(record)).toBeNull();
	});

	test('is made of what is left where a record is damaged', () => {
		expect(readHead({ id: 'one', scenario: { components: 'none' }, contents: [['/a'], 5] })).toEqual({
			...{ id: 'one', name: null, savedAt: 0, components: [], digests: [], contents: [] },
		});
	});
});
