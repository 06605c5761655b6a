import { describe, expect, test } from 'vitest';
import { bytes, text, thrownBy } from '../testing/world';
import { Fields } from './fields';

const list = (fields: Fields) => fields.entries().map(([name, value]) => `${name}: ${text(value)}`);

describe('fields', () => {
	test('keep order and case, and compare names without case', () => {
		const fields = Fields.fromList([
			['X-One', bytes('1')],
			['accept', bytes('a')],
			['x-one', bytes('2')],
		]);
		expect(list(fields)).toEqual(['X-One: 1', 'accept: a', 'x-one: 2']);
		expect(fields.get('X-ONE').map(text)).toEqual(['1', '2']);
		expect(fields.has('Accept')).toBe(true);
		expect(fields.has('accep')).toBe(false);
		expect(fields.get('no such name')).toEqual([]);
	});

	test('set replaces, append adds, delete removes', () => {
		const fields = new Fields();
		fields.append('a', bytes('1'));
		fields.append('A', bytes('2'));
		fields.set('a', [bytes('3')]);
		expect(list(fields)).toEqual(['a: 3']);
		fields.set('b', []);
		expect(fields.has('b')).toBe(false);
		fields.delete('A');
		expect(list(fields)).toEqual([]);
	});

	test.each(['', ' ', 'a b', 'a:', 'é', 'a\n', 'a\0', '(x)', '\u200b'])('refuse the name %j', (name) => {
		const fields = new Fields();
		const invalid = { tag: 'invalid-syntax' };
		expect(thrownBy(() => fields.append(name, bytes('x')))).toEqual(invalid);
		expect(thrownBy(() => fields.set(name, [bytes('x')]))).toEqual(invalid);
		expect(thrownBy(() => fields.delete(name))).toEqual(invalid);
		expect(thrownBy(() => Fields.fromList([[name, bytes('x')]]))).toEqual(invalid);
	});

	test.each([[[10]], [[13, 10]], [[0]], [[127]], [[31]], [[97, 10, 98]]])(
		'refuse the value bytes %j',
		(value) => {
			const fields = new Fields();
			expect(thrownBy(() => fields.append('a', Uint8Array.from(value)))).toEqual({ tag: 'invalid-syntax' });
			expect(thrownBy(() => fields.set('a', [Uint8Array.from(value)]))).toEqual({ tag: 'invalid-syntax' });
			expect(list(fields)).toEqual([]);
		},
	);

	test('take values of any visible byte, space and tab', () => {
		const value = Uint8Array.from([9, 32, 33, 126, 128, 255]);
		const fields = Fields.fromList([['a', value]]);
		expect(fields.get('a')).toEqual([value]);
		expect(Fields.pairsOf(fields)).toEqual([['a', '\t !~\u0080\u00ff']]);
	});

	test.each([
		'connection',
		'Keep-Alive',
		'proxy-authenticate',
		'proxy-authorization',
		'proxy-connection',
		'transfer-encoding',
		'Upgrade',
		'HOST',
		'http2-settings',
	])('refuse %s, which is the host’s to send', (name) => {
		expect(thrownBy(() => new Fields().append(name, bytes('x')))).toEqual({ tag: 'forbidden' });
		expect(thrownBy(() => Fields.fromList([[name, bytes('x')]]))).toEqual({ tag: 'forbidden' });
	});

	test.each(['user-agent', 'cookie', 'te', 'content-length', 'authorization'])('take %s', (name) => {
		expect(Fields.fromList([[name, bytes('x')]]).has(name)).toBe(true);
	});

	test('that are frozen do not change, and a clone of them does', () => {
		const frozen = Fields.freeze(Fields.fromList([['a', bytes('1')]]));
		for (const change of [
			() => frozen.append('b', bytes('2')),
			() => frozen.set('a', []),
			() => frozen.delete('a'),
		])
			expect(thrownBy(change)).toEqual({ tag: 'immutable' });
		const clone = frozen.clone();
		clone.append('b', bytes('2'));
		expect(list(clone)).toEqual(['a: 1', 'b: 2']);
		expect(list(frozen)).toEqual(['a: 1']);
	});

	test('of a response hold what arrived, forbidden names too', () => {
		const fields = Fields.received([
			['Connection', 'close'],
			['x', 'caf\u00e9'],
		]);
		expect(fields.get('connection').map(text)).toEqual(['close']);
		expect(fields.get('x')).toEqual([Uint8Array.from([99, 97, 102, 0xe9])]);
		expect(thrownBy(() => fields.delete('x'))).toEqual({ tag: 'immutable' });
	});

	test('do not share bytes with whoever gave or took them', () => {
		const value = bytes('abc');
		const fields = Fields.fromList([['a', value]]);
		value[0] = 0;
		fields.get('a')[0]!.fill(0);
		expect(list(fields)).toEqual(['a: abc']);
	});

	test('hold no more than 128 KiB, and room is given back', () => {
		const fields = new Fields();
		const half = new Uint8Array(64 * 1024 - 1).fill(97);
		fields.append('a', half);
		fields.append('b', half);
		expect(thrownBy(() => fields.append('c', bytes('x')))).toBeInstanceOf(RangeError);
		fields.delete('a');
		fields.append('c', bytes('x'));
		expect(fields.has('c')).toBe(true);
	});
});
