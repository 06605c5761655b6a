import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { failureOf, instantiate, type Exports } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('text.wasm', import.meta.url)));
let text: Exports;

beforeAll(async () => {
	text = await instantiate(bytes);
}, 60_000);

describe('text', () => {
	test('compares line by line', () => {
		expect(text.diff('a\nb\n', 'a\nc\n')).toBe('--- before\n+++ after\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n');
		expect(text.diff('a\n', 'a\n')).toBe('');
	});

	test('fills in templates, and says what is missing', () => {
		expect(
			text.render('{{a}} {{ b }}{', [
				{ name: 'a', text: '{{b}}' },
				{ name: 'b', text: '' },
			]),
		).toBe('{{b}} {');
		expect(failureOf(() => text.render('{{x}}', []))).toBe('No value for x');
		expect(failureOf(() => text.render('{{x', []))).toBe('A {{ is never closed');
	});

	test('finds matches with their lines and groups', () => {
		expect(text.find('é1\nb22', '([a-z])?(\\d+)')).toEqual([
			{ text: '1', line: 1, groups: [undefined, '1'] },
			{ text: 'b22', line: 2, groups: ['b', '22'] },
		]);
		expect(failureOf(() => text.find('', '('))).toMatch(/./);
	});

	test('replaces with groups', () => {
		expect(text.replace('b, a', '(\\w), (\\w)', '$2, $1')).toBe('a, b');
	});

	test('converts CSV to JSON and back', () => {
		const csv = 'a,b\n1,"x, ""y"""\n';
		expect(JSON.parse(text.csvToJson(csv))).toEqual([{ a: '1', b: 'x, "y"' }]);
		expect(text.jsonToCsv(text.csvToJson(csv))).toBe(csv);
		expect(text.jsonToCsv('[{"a":1},{"b":[true],"a":null}]')).toBe('a,b\n1,\n,[true]\n');
		expect(failureOf(() => text.jsonToCsv('{}'))).toMatch(/^Not a list of objects: /);
		expect(failureOf(() => text.csvToJson('a,b\n1\n'))).toMatch(/fields/);
	});

	test('counts', () => {
		expect(text.count('é b\nc')).toEqual({ bytes: 6n, characters: 5n, words: 3n, lines: 2n });
	});
});
