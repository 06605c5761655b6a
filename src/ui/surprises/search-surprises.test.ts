import { describe, expect, test } from 'vitest';
import { surprises } from './surprises';
import { searchSurprises, sinceWords } from './search-surprises';

const found = (typed: string) => searchSurprises(surprises, typed).map(({ id }) => id);

describe('searching the surprises', () => {
	test('finds all where nothing is typed', () => {
		expect(found('  ')).toHaveLength(surprises.length);
	});

	test.each([
		['deny LIST', 'S4'],
		['port', 'S1'],
		['s13', 'S13'],
		['trailing slashes', 'S26'],
	])('finds by words anywhere: %s', (typed, id) => {
		expect(found(typed)).toContain(id);
	});

	test('takes an id as a whole, and every word has to occur', () => {
		expect(found('s1')).toEqual(['S1']);
		expect(found('port zebra')).toEqual([]);
	});
});

test('says when a surprise is true', () => {
	expect(sinceWords({ since: '0.2.0', fixed: null })).toBe('Since the first release, and still');
	expect(sinceWords({ since: '0.3.0', fixed: '0.8.1' })).toBe('Since 0.3.0, until 0.8.1');
});
