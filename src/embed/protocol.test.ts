import { describe, expect, test } from 'vitest';
import { readMessage } from './protocol';

const read = (method: string, ...params: unknown[]) =>
	readMessage({ tapedeck: 1, id: 'a', method, params })?.request;

describe('a message of a page around', () => {
	test('is rebuilt as plain data', () => {
		const request = read('callTool', 'say', { list: [1, null], none: undefined, big: 2n ** 60n });
		expect(request).toEqual({
			ok: true,
			value: { method: 'callTool', tool: 'say', arguments: { list: [1, null], big: 2n ** 60n } },
		});
		expect(read('callTool', 'say')).toMatchObject({ ok: true, value: { arguments: {} } });
	});

	test('keeps a key that would set a prototype as what it is', () => {
		const args: unknown = JSON.parse('{"__proto__": {"x": 1}}');
		const request = read('callTool', 'say', args);
		const kept = request?.ok && request.value.method === 'callTool' && request.value.arguments;
		expect(Object.getOwnPropertyNames(kept || {})).toEqual(['__proto__']);
	});

	const cyclic: Record<string, unknown> = {};
	cyclic['self'] = cyclic;
	test.each([
		['a cycle', cyclic],
		['a function', { f: () => 1 }],
		['NaN', { n: NaN }],
		['a hole', { list: [undefined] }],
	])('is refused where it holds %s', (_, args) => {
		expect(read('callTool', 'say', args)).toMatchObject({ ok: false });
		expect(read('open', args)).toMatchObject({ ok: false });
	});

	test('takes bytes as a copy', () => {
		const bytes = new Uint8Array([1, 2]);
		const request = read('load', bytes, 'x');
		bytes[0] = 9;
		expect(request).toEqual({ ok: true, value: { method: 'load', bytes: new Uint8Array([1, 2]), id: 'x' } });
	});
});
