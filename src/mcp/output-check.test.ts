import { expect, test } from 'vitest';
import { checkOutput } from './output-check';

const checked = (schema: object, structuredContent: unknown) =>
	checkOutput(schema as never, { structuredContent }).status;

test('says whether content is what a schema promises', () => {
	const schema = { type: 'object', properties: { pattern: { type: 'string' } }, required: ['pattern'] };
	expect(checked(schema, { pattern: 'x' })).toBe('valid');
	expect(checked(schema, { pattern: 1 })).toBe('invalid');
});

// Each of these keeps a validator busy for longer than a test may take, were it asked.
test.each([
	['an expression', { pattern: '^(a+)+$' }, 'a'.repeat(60) + '!'],
	['an expression for names', { patternProperties: { '^(a+)+$': {} } }, { ['a'.repeat(60) + '!']: 1 }],
	['a format', { format: 'regex' }, '('.repeat(50_000)],
	['items that are to differ', { uniqueItems: true }, Array.from({ length: 40_000 }, (_, index) => [index])],
])('asks nothing of %s', (_, schema, content) => {
	expect(checked(schema, content)).toBe('valid');
});

test('follows no references, by which a short schema says a huge one', () => {
	const twice = (name: string) => ({ allOf: [{ $ref: `#/$defs/${name}` }, { $ref: `#/$defs/${name}` }] });
	const $defs = Object.fromEntries(
		Array.from({ length: 60 }, (_, index) => [`d${index}`, index === 59 ? {} : twice(`d${index + 1}`)]),
	);
	expect(checked({ ...twice('d0'), $defs }, {})).toBe('unchecked');
});
