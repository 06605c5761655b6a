import { gzipSync } from 'node:zlib';
import { zipSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../core/concat-bytes';
import { most } from '../../core/limits';
import { tarOf, type TarEntry } from '../testing/tar-of';
import type { Packed } from './packed-file';
import { isTar, readTar } from './read-tar';
import { isZip, readZip } from './read-zip';
import { unpack } from './unpack';

const texts = async ({ files }: Packed) =>
	Object.fromEntries(
		await Promise.all(
			files.map(async ({ path, read }) => {
				const bytes = await read();
				return [path, bytes.ok ? new TextDecoder().decode(bytes.value) : bytes.error] as const;
			}),
		),
	);
const zipped = (files: Record<string, string>) =>
	zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const long = `${'a'.repeat(60)}/${'b'.repeat(60)}/c.wasm`;

describe('a tar', () => {
	test('has its files, under long names of each kind too, and its links apart', async () => {
		const tar = tarOf([
			{ name: './tape.wasm', content: 'tape' },
			{ name: 'folder/', type: '5' },
			{ name: `${'a'.repeat(60)}/c`, prefix: 'p'.repeat(100), content: 'ustar' },
			{ name: long, long: 'gnu', content: 'gnu' },
			{ name: `pax/${long}`, long: 'pax', content: 'pax' },
			{ name: 'link.wasm', type: '2', target: '/etc/passwd' },
			{ name: 'hard.wasm', type: '1', target: 'tape.wasm' },
			{ name: 'device', type: '3' },
		]);
		expect(isTar(tar)).toBe(true);
		const read = readTar(tar, 'a.tar');
		expect(read.ok && (await texts(read.value))).toEqual({
			'tape.wasm': 'tape',
			[`${'p'.repeat(100)}/${'a'.repeat(60)}/c`]: 'ustar',
			[long]: 'gnu',
			[`pax/${long}`]: 'pax',
		});
		expect(read.ok && read.value.links).toEqual(['link.wasm', 'hard.wasm']);
	});

	test.each<[string, readonly TarEntry[], string]>([
		['a name that leads out', [{ name: '../evil.wasm', content: 'x' }], '../evil.wasm'],
		['a name that leads out in its middle', [{ name: 'a/../../evil', content: 'x' }], 'a/../../evil'],
		['a name from the root', [{ name: '/etc/evil', content: 'x' }], '/etc/evil'],
		['a name of another system', [{ name: 'C:evil', content: 'x' }], 'C:evil'],
		['a backslash', [{ name: 'a\\evil', content: 'x' }], 'a\\evil'],
		['a long name that leads out', [{ name: `../${long}`, long: 'pax', content: 'x' }], '../aaa'],
		[
			'a name twice',
			[
				{ name: 'a', content: 'x' },
				{ name: './a', content: 'y' },
			],
			'a is in it twice',
		],
		[
			'a name longer than file systems take',
			[{ name: 'n'.repeat(256), long: 'gnu', content: 'x' }],
			'longer than a file system',
		],
		[
			'too many entries',
			Array.from({ length: most.packedEntries + 1 }, (_, at) => ({ name: `f${at}`, content: '' })),
			'4,096 entries',
		],
		['a size beyond its end', [{ name: 'a', content: 'x', size: 10_000 }], 'damaged'],
	])('with %s is refused by name', (_, entries, named) => {
		const read = readTar(tarOf(entries), 'a.tar');
		expect(read.ok ? '' : read.error).toContain(named);
		expect(read.ok ? '' : read.error).toContain('a.tar was not read');
	});

	test('whose header was altered is damaged, and none where it is the first', () => {
		const tar = tarOf([
			{ name: 'a', content: 'x' },
			{ name: 'b', content: 'y' },
		]);
		tar[1024] = 0x63;
		expect(readTar(tar, 'a.tar')).toMatchObject({ ok: false, error: expect.stringContaining('byte 1024') });
		expect(isTar(tar.subarray(1024))).toBe(false);
	});
});

describe('a zip', () => {
	test('has its files, packed or not', async () => {
		const zip = zipSync({
			'a/tape.wasm': strToU8('tape'.repeat(100)),
			'p.yaml': [strToU8('stored'), { level: 0 }],
			'd/': new Uint8Array(),
			'__MACOSX/._a': strToU8('x'),
		});
		expect(isZip(zip)).toBe(true);
		const read = readZip(zip, 'a.zip');
		expect(read.ok && (await texts(read.value))).toEqual({
			'a/tape.wasm': 'tape'.repeat(100),
			'p.yaml': 'stored',
		});
	});

	test('with a link, by its rights, does not follow it', () => {
		const zip = zipSync({
			'l.wasm': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
		});
		expect(readZip(zip, 'a.zip')).toMatchObject({ value: { files: [], links: ['l.wasm'] } });
	});

	test.each([
		['a name that leads out', zipped({ '../evil': 'x' }), 'leads out'],
		['more in it than is unpacked', () => declared(zipped({ a: 'x', b: 'y' }), 0x1fff_ffff), '512 MiB'],
		['no directory', zipped({ a: 'x' }).subarray(0, 40), 'cut off'],
		['a damaged directory', () => altered(zipped({ a: 'x' }), 0x0201_4b50, 0, 0), 'directory is damaged'],
	])('with %s is refused by name', (_, zip, named) => {
		const read = readZip(typeof zip === 'function' ? zip() : zip, 'a.zip');
		expect(read.ok ? '' : read.error).toContain(named);
	});

	test.each([
		[
			'unpacks to more than it says',
			() => declared(zipped({ a: 'x'.repeat(10_000) }), 100),
			'more than the 100 bytes',
		],
		['unpacks to less than it says', () => declared(zipped({ a: 'x'.repeat(10_000) }), 20_000), 'damaged'],
		['is encrypted', () => altered(zipped({ a: 'x' }), 0x0201_4b50, 8, 1), 'encrypted'],
		['is compressed in another way', () => altered(zipped({ a: 'x' }), 0x0201_4b50, 10, 93), 'method 93'],
		['stands elsewhere', () => altered(zipped({ a: 'x' }), 0x0201_4b50, 42, 7), 'damaged'],
	])('of which a file %s does not give that file', async (_, zip, named) => {
		const read = readZip(zip(), 'a.zip');
		expect(read.ok && (await texts(read.value))['a']).toContain(named);
	});
});

describe('an archive', () => {
	test.each([
		['a tar', tarOf([{ name: 'a', content: 'x' }])],
		['a packed tar', new Uint8Array(gzipSync(tarOf([{ name: 'a', content: 'x' }])))],
		['a zip', zipped({ a: 'x' })],
	])('is told by its bytes: %s', async (_, bytes) => {
		const read = await unpack(bytes, 'any name');
		expect(read.ok && read.value && (await texts(read.value))).toEqual({ a: 'x' });
	});

	test.each([
		['a component', Uint8Array.of(0, 0x61, 0x73, 0x6d)],
		['text', strToU8('version: 1')],
	])('is not %s', async (_, bytes) => {
		expect(await unpack(bytes, 'a')).toEqual({ ok: true, value: null });
	});

	test.each([
		['unpacks without end', () => new Uint8Array(gzipSync(Buffer.alloc(2 ** 20 + 1))), '1 MiB'],
		[
			'is cut off',
			() => new Uint8Array(gzipSync(tarOf([{ name: 'a', content: 'x' }]))).subarray(0, 30),
			'cut off',
		],
		['is zstd', () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), 'zstd'],
		['is xz', () => Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a), 'xz'],
	])('that %s is refused by name', async (_, bytes, named) => {
		const read = await unpack(bytes(), 'a.tgz', 2 ** 20);
		expect(read.ok ? '' : read.error).toContain(named);
	});
});

/** The zip with another size, unpacked, in its directory for each entry. */
const declared = (zip: Uint8Array<ArrayBuffer>, size: number) => altered(zip, 0x0201_4b50, 24, size, 4);

/** A copy with another number at a place after each mark of this kind. */
function altered(
	zip: Uint8Array<ArrayBuffer>,
	mark: number,
	offset: number,
	value: number,
	width = 2,
): Uint8Array<ArrayBuffer> {
	const copy = concatBytes([zip]);
	const view = new DataView(copy.buffer);
	for (let at = 0; at + 4 <= copy.length; at += 1)
		if (view.getUint32(at, true) === mark)
			if (width === 4) view.setUint32(at + offset, value, true);
			else view.setUint16(at + offset, value, true);
	return copy;
}
