import { itemAt } from '../../core/item-at';
import { err, ok, type Result } from '../../core/result';
import { lying, PackedFiles, type Packed } from './packed-file';

const block = 512;

interface Header {
	readonly name: string;
	readonly size: number;
	readonly type: string;
}

/** Whether bytes begin with the header of a tar's entry. */
export const isTar = (bytes: Uint8Array): boolean => bytes.length >= block && headerAt(bytes, 0) !== null;

/**
 * Reads a tar (ustar, pax, GNU's long names), whose files stay where they lie. Names that lead elsewhere, doubled names, and more than the
 * bounds take refuse the whole of it; the error says which. Links, devices and the like are not followed.
 */
export function readTar(bytes: Uint8Array<ArrayBuffer>, archive: string): Result<Packed, string> {
	const found = new PackedFiles(archive);
	const damaged = (at: number) => err(found.refusal(`it is damaged or cut off at byte ${at}`));
	let long: Partial<Header> = {};
	for (let at = 0; at + block <= bytes.length;) {
		if (bytes.subarray(at, at + block).every((byte) => byte === 0)) return ok(found.all());
		const header = headerAt(bytes, at);
		if (!header) return damaged(at);
		const { name, size } = { ...header, ...(isAbout(header.type) ? {} : long) };
		const start = at + block;
		if (size > bytes.length - start) return damaged(at);
		at = start + Math.ceil(size / block) * block;
		const content = bytes.subarray(start, start + size);
		if (isAbout(header.type)) {
			if (size > longestWords)
				return err(found.refusal('what it says of an entry is longer than a name can be'));
			long = { ...long, ...wordsIn(header.type, content) };
			continue;
		}
		long = {};
		const problem = takeEntry(found, { ...header, name, size }, content);
		if (problem) return err(problem);
	}
	// Many tools end without the two empty blocks.
	return ok(found.all());
}

/** Bytes of an entry that says something of the next one. */
const longestWords = 2 ** 16;

function takeEntry(
	found: PackedFiles,
	{ name, size, type }: Header,
	content: Uint8Array<ArrayBuffer>,
): string | null {
	switch (type) {
		case '0':
		case '\0':
		case '7':
			// Before there was a type for them, a slash at its end made a name one of a directory.
			return name.endsWith('/') ? null : found.add(name, size, lying(content));
		case '1':
		case '2':
			return found.add(name, 0, 'link');
		default:
			return null;
	}
}

/** Entries that say something of the next one, or of all. */
const isAbout = (type: string): boolean => 'xgLK'.includes(type);

function wordsIn(type: string, content: Uint8Array): Partial<Header> {
	const text = new TextDecoder().decode(content);
	if (type === 'L') return { name: beforeNul(text) };
	if (type !== 'x') return {};
	const words = paxWords(content);
	const size = words.get('size');
	return {
		...(words.has('path') && { name: words.get('path') }),
		...(size !== undefined && /^\d{1,15}$/.test(size) && { size: Number(size) }),
	};
}

/** Lines of `length key=value`, where the length counts bytes of the whole line. */
function paxWords(content: Uint8Array): ReadonlyMap<string, string> {
	const words = new Map<string, string>();
	const decoder = new TextDecoder();
	for (let at = 0; at < content.length;) {
		const blank = content.indexOf(0x20, at);
		const length = Number(decoder.decode(content.subarray(at, blank)));
		if (blank < 0 || !Number.isInteger(length) || length < 1 || at + length > content.length) break;
		const line = decoder.decode(content.subarray(blank + 1, at + length - 1));
		const equals = line.indexOf('=');
		if (equals > 0) words.set(line.slice(0, equals), line.slice(equals + 1));
		at += length;
	}
	return words;
}

function headerAt(bytes: Uint8Array, at: number): Header | null {
	const header = bytes.subarray(at, at + block);
	const field = (start: number, length: number) =>
		beforeNul(new TextDecoder().decode(header.subarray(start, start + length)));
	const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
	if (Number.parseInt(field(148, 8).trim(), 8) !== sum) return null;
	const size = numberIn(header.subarray(124, 136));
	if (size === null) return null;
	const prefix = field(257, 6) === 'ustar' && header[263] !== 0x20 ? field(345, 155) : '';
	const name = field(0, 100);
	return {
		name: prefix ? `${prefix}/${name}` : name,
		size,
		type: String.fromCharCode(itemAt(header, 156)),
	};
}

/** Octal digits, or, where the first bit is set, a binary number. */
function numberIn(field: Uint8Array): number | null {
	if (itemAt(field, 0) & 0x80) {
		const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, itemAt(field, 0) & 0x7f);
		return Number.isSafeInteger(value) ? value : null;
	}
	const digits = beforeNul(new TextDecoder().decode(field)).trim();
	if (digits === '') return 0;
	return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

const beforeNul = (text: string): string => itemAt(text.split('\0', 1), 0);
