import { expect, test } from 'vitest';
import { IoError } from '../io/error';
import { nanosOf, newTimeOf, toNumber } from './wasi';
import { directory, guest, outcome, preopen, release } from './testing';

test.each([
	[1, 1_000_000n],
	[0.001, 1000n],
	[8.64e15, 8_640_000_000_000_000_000_000n],
	[8.64e15 + 1, 0n],
	[0, 0n],
	[-1, 0n],
	[NaN, 0n],
])('%d milliseconds are %d nanoseconds', (ms, nanos) => {
	expect(nanosOf(ms)).toBe(nanos);
});

test('an offset may be as large as a signed number of 64 bits', () => {
	expect(toNumber(2n ** 63n - 1n)).toBe(2 ** 63);
	expect(outcome(() => toNumber(2n ** 63n))).toBe('invalid');
});

test('a time stays, is now, or is the one that is given, as long as a date can show it', () => {
	const last = 8_640_000_000_000n;
	expect(newTimeOf({ tag: 'no-change' }, 1n, 2n)).toBe(1n);
	expect(newTimeOf({ tag: 'now' }, 1n, 2n)).toBe(2n);
	expect(newTimeOf({ tag: 'timestamp', val: { seconds: 3n, nanoseconds: 4 } }, 1n, 2n)).toBe(3_000_000_004n);
	expect(newTimeOf({ tag: 'timestamp', val: { seconds: last, nanoseconds: 0 } }, 1n, 2n)).toBe(
		last * 10n ** 9n,
	);
	expect(outcome(() => newTimeOf({ tag: 'timestamp', val: { seconds: last, nanoseconds: 1 } }, 1n, 2n))).toBe(
		'overflow',
	);
});

test('the error of a stream says which code of the file system it was, if any', () => {
	const { imports } = guest(new Map([['/data', directory()]]), release(preopen('/data', 'rw')));
	const codeOf = imports['wasi:filesystem/types'].filesystemErrorCode;
	expect(codeOf(new IoError('x', { filesystem: 'no-entry' }))).toBe('no-entry');
	for (const cause of [undefined, null, 'no-entry', {}, { http: 'no-entry' }])
		expect(codeOf(new IoError('x', cause))).toBeUndefined();
});
