import { describe, expect, test } from 'vitest';
import { IoError } from '../io/error';
import { HttpCause, httpErrorCode, toErrorCode } from './error-code';

describe('an HTTP error code', () => {
	test.each([
		[{ tag: 'connection-refused' }, { tag: 'connection-refused', val: undefined }],
		[
			{ tag: 'connection-refused', val: 'hint' },
			{ tag: 'connection-refused', val: undefined },
		],
		[{ tag: 'DNS-error' }, { tag: 'DNS-error', val: {} }],
		[
			{ tag: 'DNS-error', val: { rcode: 'x' } },
			{ tag: 'DNS-error', val: { rcode: 'x' } },
		],
		[
			{ tag: 'HTTP-response-body-size', val: 7 },
			{ tag: 'HTTP-response-body-size', val: 7n },
		],
		[
			{ tag: 'HTTP-request-body-size', val: 'x' },
			{ tag: 'HTTP-request-body-size', val: undefined },
		],
		[
			{ tag: 'internal-error', val: 'why' },
			{ tag: 'internal-error', val: 'why' },
		],
		[{ tag: 'no-such-case' }, { tag: 'internal-error', val: 'no-such-case' }],
		[{ tag: '__proto__' }, { tag: 'internal-error', val: '__proto__' }],
		[new Error('port closed'), { tag: 'internal-error', val: 'port closed' }],
		[null, { tag: 'internal-error', val: undefined }],
		['text', { tag: 'internal-error', val: undefined }],
	])('made of %j can be read by generated code', (failure, code) => {
		expect(toErrorCode(failure)).toEqual(code);
	});

	test('is found in the error of a stream that has one, and in no other', () => {
		const code = { tag: 'connection-terminated' };
		expect(httpErrorCode(new IoError('x', new HttpCause(code)))).toBe(code);
		expect(httpErrorCode(new IoError('x', 'no-entry'))).toBeUndefined();
	});
});
