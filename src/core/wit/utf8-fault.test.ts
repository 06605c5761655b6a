import { expect, test } from 'vitest';
import { utf8Fault } from './utf8-fault';

const bytes = (...all: number[]) => Uint8Array.from(all);

test.each([
	[bytes(0x80), 'invalid utf-8 sequence of 1 bytes from index 0'],
	[bytes(0x61, 0xff), 'invalid utf-8 sequence of 1 bytes from index 1'],
	[bytes(0xe2, 0x82, 0x28), 'invalid utf-8 sequence of 2 bytes from index 0'],
	[bytes(0xf0, 0x9f, 0x98, 0x28), 'invalid utf-8 sequence of 3 bytes from index 0'],
	[bytes(0xed, 0xa0, 0x80), 'invalid utf-8 sequence of 1 bytes from index 0'],
	[bytes(0x61, 0xe2, 0x82), 'incomplete utf-8 byte sequence from index 1'],
	[bytes(0xc0, 0x80), 'invalid utf-8 sequence of 1 bytes from index 0'],
])('bytes that are no UTF-8 are told by where and how long: %s', (given, words) => {
	expect(utf8Fault(given)).toBe(words);
});

test('has a fault for exactly the bytes that a strict decoder refuses', () => {
	let seed = 1;
	const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
	const leads = [0x61, 0x80, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x9f, 0xa0, 0x90, 0x8f];
	for (let n = 0; n < 20_000; n++) {
		const some = Uint8Array.from({ length: 1 + next(5) }, () => leads[next(leads.length)]!);
		let refused = false;
		try {
			new TextDecoder('utf-8', { fatal: true }).decode(some);
		} catch {
			refused = true;
		}
		expect([some.join(), utf8Fault(some) !== null]).toEqual([some.join(), refused]);
	}
});
