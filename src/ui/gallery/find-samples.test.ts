import { describe, expect, test } from 'vitest';
import { samples } from '../../page/samples';
import { findSamples, languagesOf, tagsOf, type SampleQuery } from './find-samples';

const all: SampleQuery = { text: '', tag: null, language: null };
const names = (query: Partial<SampleQuery>) =>
	findSamples(samples, { ...all, ...query }).map(({ name }) => name);

describe('finding samples', () => {
	test('gives all of them where nothing is asked for, in their order', () => {
		expect(findSamples(samples, all)).toEqual(samples);
	});

	test.each([
		[{ text: 'WEATHER' }, ['weather']],
		[{ text: 'knowledge graph' }, ['notes']],
		[{ text: 'graph knowledge' }, ['notes']],
		[{ text: 'assembly text' }, ['cpu-hog', 'memory-hog']],
		[{ text: 'nothing has this' }, []],
		[{ tag: 'limits', language: 'C' }, ['file-filler']],
		[{ tag: 'hostile', text: 'key' }, ['exfiltrator', 'probe']],
		[{ language: 'AssemblyScript' }, ['crypto']],
	])('gives for %o: %o', (query, found) => {
		expect(names(query)).toEqual(found);
	});

	test('knows every tag and language once', () => {
		expect(new Set(tagsOf(samples)).size).toBe(tagsOf(samples).length);
		expect(tagsOf(samples)).toContain('hostile');
		expect(languagesOf(samples)).toEqual(['AssemblyScript', 'C', 'JavaScript', 'Rust', 'WebAssembly text']);
	});
});
