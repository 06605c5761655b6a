import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, test } from 'vitest';
import type { Json, WitType } from '../../core/wit/types';
import { readToolResult } from './read-result';

const text = (words: string): CallToolResult => ({ content: [{ type: 'text', text: words }] });
const structured = (result: Json, words = ''): CallToolResult => ({
	...text(words),
	structuredContent: { result },
	isError: false,
});
const either: WitType = { kind: 'result', ok: { kind: 'string' }, err: { kind: 'string' } };

describe('a tool result', () => {
	test('marked as an error is one, whatever its text looks like', () => {
		expect(readToolResult({ ...text('{"ok":1}'), isError: true })).toMatchObject({
			status: 'error',
			side: null,
			value: undefined,
			text: '{"ok":1}',
		});
	});

	test('is read from its structured content, without the wrapper', () => {
		expect(readToolResult(structured([1, 2], '[1,2]'))).toMatchObject({ status: 'ok', value: [1, 2] });
	});

	test('is read from its text where it has nothing else', () => {
		expect(readToolResult(text('{"a":18446744073709551615}')).value).toEqual({ a: 18446744073709551615n });
		expect(readToolResult(text('plain words')).value).toBeUndefined();
	});

	test.each(['ok', 'err'] as const)('of a WIT result says that it is %s', (side) => {
		expect(readToolResult(structured({ [side]: 'x' }), either)).toMatchObject({
			status: 'ok',
			side,
			value: 'x',
		});
	});

	test('of another type is no err, though its only field has that name', () => {
		const record: WitType = {
			kind: 'record',
			name: 'r',
			fields: [{ name: 'err', type: { kind: 'string' } }],
		};
		expect(readToolResult(structured({ err: 'x' }), record)).toMatchObject({
			side: null,
			value: { err: 'x' },
		});
	});

	test.each<[string, CallToolResult, WitType | null | undefined, string]>([
		['without content', { content: [] }, undefined, 'empty'],
		['of a function without a result', text('null'), null, 'empty'],
		['of empty text', structured('', ''), { kind: 'string' }, 'empty'],
		['of none', structured(null, 'null'), { kind: 'option', element: { kind: 'u8' } }, 'ok'],
		['of none without structured content', text('null'), { kind: 'option', element: { kind: 'u8' } }, 'ok'],
		['of an empty list', structured([], '[]'), { kind: 'list', element: { kind: 'u8' } }, 'ok'],
		['of ok without a value', structured({ ok: null }, '{"ok":null}'), either, 'ok'],
		['of a picture', { content: [{ type: 'image', data: '', mimeType: 'image/png' }] }, undefined, 'ok'],
	])('%s has its status', (_, result, type, status) => {
		expect(readToolResult(result, type).status).toBe(status);
	});
});
