import { itemAt } from '../../core/item-at';
import { err, ok, type Result } from '../../core/result';
import { inflate } from '../inflate';
import { lying, PackedFiles, unreadable, type Packed, type PackedFile } from './packed-file';

/** Whether bytes begin as a zip does, an empty one too. */
export const isZip = (bytes: Uint8Array): boolean =>
	bytes[0] === 0x50 &&
	bytes[1] === 0x4b &&
	(bytes[2] === 3 || bytes[2] === 5) &&
	bytes[3] === itemAt(bytes, 2) + 1;

/** Bytes of the record at the end of a zip, and of the longest comment after it. */
const endLength = 22;
const longestComment = 0xffff;
const entryLength = 46;

interface Entry {
	readonly name: string;
	readonly flags: number;
	readonly method: number;
	readonly packed: number;
	readonly size: number;
	readonly start: number;
	readonly isLink: boolean;
	/** Bytes of its record in the directory. */
	readonly length: number;
}

/**
 * Reads the directory of a zip; each file is unpacked when it is read, and to no more than the directory says. Names that lead elsewhere,
 * doubled names, and more than the bounds take refuse the whole of it; the error says which. Links are not followed.
 */
export function readZip(bytes: Uint8Array<ArrayBuffer>, archive: string): Result<Packed, string> {
	const found = new PackedFiles(archive);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const end = endOf(view);
	if (end < 0) return err(found.refusal('it is cut off: its directory, which stands at its end, is missing'));
	const count = view.getUint16(end + 10, true);
	let at = view.getUint32(end + 16, true);
	if (count === 0xffff || at === 0xffff_ffff) return err(found.refusal('it is in the form for huge zips'));
	for (let index = 0; index < count; index += 1) {
		const entry = entryAt(view, bytes, at);
		if (!entry) return err(found.refusal('its directory is damaged'));
		at += entry.length;
		if (entry.name.endsWith('/')) continue;
		const problem = found.add(entry.name, entry.size, entry.isLink ? 'link' : reader(view, bytes, entry));
		if (problem) return err(problem);
	}
	return ok(found.all());
}

function endOf(view: DataView): number {
	const first = Math.max(0, view.byteLength - endLength - longestComment);
	for (let at = view.byteLength - endLength; at >= first; at -= 1)
		if (view.getUint32(at, true) === 0x0605_4b50) return at;
	return -1;
}

function entryAt(view: DataView, bytes: Uint8Array, at: number): Entry | null {
	if (at + entryLength > view.byteLength || view.getUint32(at, true) !== 0x0201_4b50) return null;
	const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
		view.getUint16(at + field, true),
	) as [number, number, number];
	const length = entryLength + nameLength + extraLength + commentLength;
	if (at + length > view.byteLength) return null;
	const madeOnUnix = view.getUint8(at + 5) === 3;
	return {
		name: new TextDecoder().decode(bytes.subarray(at + entryLength, at + entryLength + nameLength)),
		flags: view.getUint16(at + 8, true),
		method: view.getUint16(at + 10, true),
		packed: view.getUint32(at + 20, true),
		size: view.getUint32(at + 24, true),
		start: view.getUint32(at + 42, true),
		isLink: madeOnUnix && view.getUint32(at + 38, true) >>> 28 === 0xa,
		length,
	};
}

function reader(view: DataView, bytes: Uint8Array<ArrayBuffer>, entry: Entry): PackedFile['read'] {
	const { name, flags, method, packed, size, start } = entry;
	if (flags & 1) return unreadable(`${name} is encrypted. Unpack the zip yourself, and drop what is in it.`);
	const broken = unreadable(`${name} in the zip is damaged. Download or build it again.`);
	if (start + 30 > view.byteLength || view.getUint32(start, true) !== 0x0403_4b50) return broken;
	const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
	if (packed > bytes.length - from) return broken;
	const content = bytes.subarray(from, from + packed);
	if (method === 0) return packed === size ? lying(content) : broken;
	if (method !== 8)
		return unreadable(`${name} is compressed in a way that browsers do not unpack (method ${method}).`);
	return async () => {
		const unpacked = await inflate(content, 'deflate-raw', size);
		if (unpacked.ok && unpacked.value.length === size) return unpacked;
		if (!unpacked.ok && unpacked.error === 'too large')
			return err(`${name} unpacks to more than the ${size} bytes that the zip says, so it was not used.`);
		return broken();
	};
}
