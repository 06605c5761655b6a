import { describe, expect, test } from 'vitest';
import { readCidr } from '../host-pattern';
import { coversGlob, overlapsGlob } from './cover-glob';
import { coversHost, overlapsHost, type HostSpan } from './cover-host';

const span = (text: string): HostSpan => {
	const cidr = readCidr(text);
	return cidr ? { host: '', cidr } : { host: text };
};

describe('hosts', () => {
	test.each<[wide: string, narrow: string, covers: boolean, overlaps: boolean]>([
		['a.test', 'a.test', true, true],
		['a.test', 'b.test', false, false],
		['*', 'a.test', true, true],
		['*', '*.test', true, true],
		['*.test', '*', false, true],
		['*.test', 'a.test', true, true],
		['*.test', '*.a.test', true, true],
		['*.a.test', '*.test', false, true],
		['*.a.test', 'a.test', false, false],
		['*.a.test', 'ba.test', false, false],
		['*.test', '.test', false, false],
		['*.0.0.1', '127.0.0.1', false, false],
		['*', '10.0.0.0/8', true, true],
		['10.0.0.0/8', '*', false, true],
		['10.0.0.0/8', '10.1.0.0/16', true, true],
		['10.1.0.0/16', '10.0.0.0/8', false, true],
		['10.0.0.0/8', '11.0.0.0/16', false, false],
		['10.0.0.0/8', '10.1.2.3', true, true],
		['10.0.0.0/8', '11.1.2.3', false, false],
		['10.0.0.0/8', 'a.test', false, false],
		['::/0', '10.0.0.0/8', false, true],
		['fd00::/8', '[fd00::1]', true, true],
	])('%s and %s', (wide, narrow, covers, overlaps) => {
		expect(coversHost(span(wide), span(narrow))).toBe(covers);
		expect(overlapsHost(span(wide), span(narrow))).toBe(overlaps);
		expect(overlapsHost(span(narrow), span(wide))).toBe(overlaps);
	});
});

describe('path patterns', () => {
	const glob = (path: string) => {
		const segments = path.split('/').filter(Boolean);
		return { segments, deep: !segments.at(-1)?.includes('*') };
	};

	test.each<[wide: string, narrow: string, covers: boolean, overlaps: boolean]>([
		['/', '/data', true, true],
		['/data', '/data', true, true],
		['/data', '/data/a/b', true, true],
		['/data/a', '/data', false, true],
		['/data', '/database', false, false],
		['/data/**', '/data', true, true],
		['/data', '/data/**', true, true],
		['/data/*', '/data', false, true],
		['/data', '/data/*', true, true],
		['/data/*', '/data/a*', true, true],
		['/data/a*', '/data/*', false, true],
		['/data/a*b', '/data/ab', false, true],
		['/data/a*b', '/data/ab*b', true, true],
		['/data/ab*ba', '/data/aba', false, false],
		['/data/a*', '/data/b*', false, false],
		['/data/a*c', '/data/*b', false, false],
		['/**/z', '/team/z', true, true],
		['/team/z', '/**/z', false, true],
		['/**/z', '/**/x/**/z', true, true],
		['/a/**/b', '/c/**/b', false, false],
	])('%s and %s', (wide, narrow, covers, overlaps) => {
		// A path that is written out is deep: what is below it belongs to it.
		expect(coversGlob(glob(wide), glob(narrow))).toBe(covers);
		expect(overlapsGlob(glob(wide), glob(narrow))).toBe(overlaps);
		expect(overlapsGlob(glob(narrow), glob(wide))).toBe(overlaps);
	});

	test('of very many segments are neither said to be covered nor apart', () => {
		const long = glob(`/${'a/'.repeat(300)}`);
		expect(coversGlob(long, long)).toBe(false);
		expect(overlapsGlob(long, glob('/b'))).toBe(true);
	});
});
