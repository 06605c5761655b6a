import { describe, expect, test } from 'vitest';
import { writtenArguments } from './written-arguments';

const schema = {
	properties: {
		text: { type: 'string' },
		count: { type: 'integer' },
		maybe: { anyOf: [{ type: 'string' }, { type: 'null' }] },
		level: { enum: ['low', 'high'] },
		list: { type: 'array', items: { type: 'string' } },
		any: {},
	},
};

describe('arguments as they are written in a shell', () => {
	test.each<[words: string[], args: object]>([
		[[], {}],
		[['text=5'], { text: '5' }],
		[['text='], { text: '' }],
		[['text=a=b'], { text: 'a=b' }],
		[['text={"a":1}'], { text: '{"a":1}' }],
		[['count=5', 'list=["a"]'], { count: 5, list: ['a'] }],
		[['maybe=null'], { maybe: null }],
		[['maybe=words'], { maybe: 'words' }],
		[['level=low'], { level: 'low' }],
		[['any=true'], { any: true }],
		[['any=words'], { any: 'words' }],
		[['{"count": 9007199254740993}'], { count: 9007199254740993n }],
	])('%j', (words, args) => {
		const read = writtenArguments(words, schema);
		expect(read.ok && read.value).toEqual(args);
	});

	test.each<[words: string[], error: string]>([
		[['words'], 'write name=value'],
		[['=x'], 'write name=value'],
		[['nope=1'], 'The tool has no argument nope. It takes: text, count, maybe, level, list, any.'],
		[['__proto__=1'], 'The tool has no argument __proto__.'],
		[['count=five'], 'The argument count has to be JSON'],
		[['text=a', 'text=b'], 'The argument text is there twice.'],
		[['{"a":'], 'The arguments are no JSON object.'],
		[['{"a":1}', 'text=b'], 'write name=value'],
	])('%j is refused', (words, error) => {
		const read = writtenArguments(words, schema);
		expect(read.ok ? '' : read.error).toContain(error);
	});
});
