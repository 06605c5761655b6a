import { describe, expect, test } from 'vitest';
import { readEmbedQuery } from './query';

describe('the query of an embedded page', () => {
	test('asks for everything by default', () => {
		expect(readEmbedQuery('')).toEqual({
			show: ['scenario', 'call', 'policy', 'activity'],
			isUsual: true,
			theme: 'system',
			tool: null,
			src: null,
		});
	});

	test('chooses parts, a theme, a tool and a scenario at an address', () => {
		expect(
			readEmbedQuery('?show=activity,%20call&theme=dark&tool=fetch&src=https://a.example/x.tapedeck.json'),
		).toEqual({
			show: ['call', 'activity'],
			isUsual: false,
			theme: 'dark',
			tool: 'fetch',
			src: 'https://a.example/x.tapedeck.json',
		});
	});

	test('shows a result by itself, or with its call', () => {
		expect(readEmbedQuery('?show=result,tools,scenario').show).toEqual(['scenario', 'tools', 'result']);
		expect(readEmbedQuery('?show=result,call').show).toEqual(['call']);
	});

	test.each(['?show=', '?show=nothing,__proto__', '?theme=pink'])(
		'passes over what it does not know: %s',
		(search) => {
			expect(readEmbedQuery(search)).toEqual(readEmbedQuery(''));
		},
	);
});
