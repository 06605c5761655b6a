import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson, printJson } from './json';

const value = (text: string) => {
	const parsed = parseJson(text);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
};

/** JSON without integers that a double cannot hold. */
const smallJson = fc.json({ depthSize: 'small' }).filter((text) => !/\d{16}/.test(text));

describe('parseJson', () => {
	test.each([
		['9007199254740991', 9007199254740991],
		['9007199254740992', 9007199254740992n],
		['-18446744073709551615', -18446744073709551615n],
		['1e3', 1000],
		['1.5', 1.5],
		['[1, {"a": null}, "\\u00e9\\n", true]', [1, { a: null }, 'é\n', true]],
		[' {} ', {}],
		['"a\\\\"', 'a\\'],
	])('reads %s', (text, expected) => {
		expect(value(text)).toEqual(expected);
	});

	test('reads a long text as it reads a short one', () => {
		const padding = ' '.repeat(5000);
		const texts = fc.oneof(
			fc.json({ depthSize: 'small' }),
			fc.constantFrom('-0', '[1,-0]', '{"a":-0.0}', '[-0e1]', '-0.5', '["-0",1]', '[9007199254740993]'),
			fc.constantFrom('1e400', '[1e999]', '{"__proto__":{"a":1}}', '[01]', '{"a":1,"a":2}', '"', '[1,]'),
			fc.constantFrom(`${'['.repeat(70)}${']'.repeat(70)}`, '"[[{"', '{"a":"x-0"}'),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const [short, long] = [parseJson(text), parseJson(text + padding)];
				expect(long.ok).toBe(short.ok);
				if (short.ok && long.ok) expect(long.value).toStrictEqual(short.value);
			}),
		);
	});

	test('keeps the sign of a negative zero', () => {
		expect(Object.is(value('-0'), -0)).toBe(true);
	});

	test('makes __proto__ an ordinary key', () => {
		const object = value('{"__proto__": {"admin": true}}') as Record<string, unknown>;
		expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
		expect(Object.keys(object)).toEqual(['__proto__']);
		expect('admin' in object).toBe(false);
	});

	test.each([
		['', 'ends too early', 1, 1],
		['[1,]', 'expected a value', 1, 4],
		['{"a" 1}', "':'", 1, 6],
		['{a: 1}', 'double quotes', 1, 2],
		['1 2', 'nothing may follow', 1, 3],
		['01', 'nothing may follow', 1, 2],
		['"a\nb"', 'string', 1, 1],
		['"abc', 'string', 1, 1],
		['"\\x"', 'string', 1, 1],
		['[1,\n  nul]', 'expected a value', 2, 3],
		['1e999', 'too large', 1, 1],
		['[1', "']'", 1, 3],
	])('says where %j goes wrong', (text, message, line, column) => {
		const parsed = parseJson(text);
		expect(parsed).toMatchObject({ ok: false, error: { line, column } });
		expect(!parsed.ok && parsed.error.message).toContain(message);
	});

	test('refuses what is nested more deeply than allowed', () => {
		expect(parseJson('[[1]]', { depth: 1 }).ok).toBe(false);
		expect(parseJson('[[1]]', { depth: 2 }).ok).toBe(true);
		expect(parseJson('['.repeat(100_000)).ok).toBe(false);
	});

	test('refuses what is longer than allowed', () => {
		expect(parseJson('"abc"', { length: 4 }).ok).toBe(false);
		expect(parseJson('"abc"', { length: 5 }).ok).toBe(true);
	});

	test('reads a long string', () => {
		const text = 'a\\'.repeat(100_000);
		expect(value(JSON.stringify(text))).toBe(text);
	});

	test('agrees with JSON.parse wherever that loses nothing', () => {
		fc.assert(
			fc.property(smallJson, (text) => {
				expect(parseJson(text, { depth: 1000 })).toEqual({ ok: true, value: JSON.parse(text) });
			}),
		);
	});

	test('accepts no text that JSON.parse refuses', () => {
		const fragment = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			',',
			':',
			'"',
			'1',
			'-',
			'.',
			'e',
			'true',
			' ',
			'\\',
		);
		fc.assert(
			fc.property(fc.array(fragment), (fragments) => {
				const text = fragments.join('');
				if (parseJson(text).ok) expect(() => JSON.parse(text) as unknown).not.toThrow();
			}),
		);
	});
});

describe('printJson', () => {
	test('leaves out fields that are there but undefined', () => {
		const object = { title: undefined, id: 'a' } as unknown as Parameters<typeof printJson>[0];
		expect(printJson(object)).toBe('{"id":"a"}');
		expect(printJson(object, 1)).toBe('{\n "id": "a"\n}');
	});

	test('prints what parseJson reads back, bigints and negative zeros too', () => {
		const text = '{"big":18446744073709551615,"zero":-0,"list":[1,"a"],"empty":{},"none":[]}';
		expect(printJson(value(text))).toBe(text);
	});

	test('agrees with JSON.stringify where there is no negative zero', () => {
		const positive = smallJson.filter((text) => !/-0(?![.\d])/.test(text));
		fc.assert(
			fc.property(positive, fc.constantFrom(0, 2), (text, indent) => {
				expect(printJson(value(text), indent)).toBe(JSON.stringify(JSON.parse(text), null, indent));
			}),
		);
	});
});
