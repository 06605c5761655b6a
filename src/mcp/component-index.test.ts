import { describe, expect, test } from 'vitest';
import { parseIndex } from './component-index';

const fetcher = { name: 'fetch', description: 'Gets pages', uri: 'oci://ghcr.io/x/fetch' };

describe('an index of components', () => {
	test.each([
		['a list', JSON.stringify([fetcher])],
		['a list under components', JSON.stringify({ components: [fetcher] })],
		['a list with entries that are none', JSON.stringify([fetcher, 1, { name: 'x' }, { uri: 'y' }])],
	])('is %s', (_, text) => {
		expect(parseIndex(text)).toEqual({ ok: true, value: [fetcher] });
	});

	test('needs no descriptions', () => {
		expect(parseIndex('[{"name":"a","uri":"b"}]')).toEqual({
			ok: true,
			value: [{ name: 'a', uri: 'b', description: '' }],
		});
	});

	test.each([
		['{', 'not JSON'],
		['{"a":1}', 'not a list'],
		['[]', 'names no component'],
	])('%s is refused with a reason', (text, reason) => {
		expect(parseIndex(text)).toEqual({ ok: false, error: expect.stringContaining(reason) });
	});
});
