import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { inflate } from '../inflate';
import type { Packed } from './packed-file';
import { isTar, readTar } from './read-tar';
import { isZip, readZip } from './read-zip';

/** Kinds of packing that browsers do not undo, by their first bytes. */
const foreign: readonly (readonly [name: string, start: readonly number[]])[] = [
	['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
	['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
	['bzip2', [0x42, 0x5a, 0x68]],
	['7z', [0x37, 0x7a, 0xbc, 0xaf]],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
	start.every((byte, index) => bytes[index] === byte);

export const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x1f, 0x8b]);

/** What an archive holds, told by its bytes and not by its name; null where it is none. The error names it, and says what to do. */
export async function unpack(
	bytes: Uint8Array<ArrayBuffer>,
	archive: string,
	mostUnpacked: number = most.unpackedBytes,
): Promise<Result<Packed | null, string>> {
	const refused = (reason: string) => err(`${archive} was not read: ${reason}.`);
	if (isZip(bytes)) return readZip(bytes, archive);
	if (isTar(bytes)) return readTar(bytes, archive);
	const unknown = foreign.find(([, start]) => startsWith(bytes, start));
	if (unknown)
		return refused(`browsers do not unpack ${unknown[0]}. Unpack it yourself and drop what is in it`);
	if (!isGzip(bytes)) return ok(null);
	const unpacked = await inflate(bytes, 'gzip', mostUnpacked);
	if (!unpacked.ok)
		return refused(
			unpacked.error === 'too large'
				? `it unpacks to more than ${mostUnpacked / 2 ** 20} MiB`
				: 'it is damaged or cut off. Download it again',
		);
	if (isTar(unpacked.value)) return readTar(unpacked.value, archive);
	return refused('what is packed in it is no tar. Unpack it yourself and drop what is in it');
}
