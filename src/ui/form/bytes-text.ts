import { withoutTrailing } from '../../core/without-trailing';
import { fromBase64, toBase64 } from '../../core/base64';
import { readHex, hexDigits } from '../../core/hex';
import type { Json } from '../../core/wit/types';
import { isArray, memberOf, type Draft } from './value';

/** How bytes are shown and typed. */
export type BytesFormat = 'text' | 'hex' | 'base64' | 'numbers';

/** The bytes of a value; null where it is not a list of them. */
export function bytesOfText(value: Draft): Uint8Array | null {
	if (!isArray(value)) return null;
	const isByte = (item: Json) =>
		typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= 255;
	return value.every(isByte) ? Uint8Array.from(value as readonly number[]) : null;
}

/** Bytes as a field of this format shows them; null where it cannot show them without loss. */
export function bytesText(bytes: Uint8Array, format: BytesFormat): string | null {
	switch (format) {
		case 'text':
			return utf8(bytes);
		case 'hex':
			return hexDigits(bytes, ' ');
		case 'base64':
			return toBase64(bytes);
		case 'numbers':
			return bytes.join(', ');
	}
}

/**
 * What somebody typed into a field of bytes: a list of numbers, or the text itself, with its format before it, where it does not read
 * as that, so that it can be shown and refused.
 */
export function readBytes(text: string, format: BytesFormat): Json {
	const bytes = parse(text, format);
	return bytes === null ? unread(text, format) : Array.from(bytes);
}

/** What a stream of bytes is given as, which may be text, hex or base64 too, as a list of bytes; anything else as it is. */
export function streamBytes(value: Draft): Draft {
	if (typeof value === 'string') {
		const { format, text } = unreadText(value) ?? { format: 'text', text: value };
		return format === 'text' ? Array.from(new TextEncoder().encode(text)) : value;
	}
	for (const format of ['base64', 'hex'] as const) {
		const text = memberOf(value, format);
		const bytes = typeof text === 'string' ? parse(text, format) : null;
		if (bytes) return Array.from(bytes);
	}
	return value;
}

/** Text that did not read as bytes, as it was typed; null where the value is none. */
export function unreadText(value: Draft): { readonly text: string; readonly format: BytesFormat } | null {
	if (typeof value !== 'string') return null;
	const match = /^(hex|base64|numbers): (.*)$/s.exec(value);
	return match ? { format: match[1] as BytesFormat, text: match[2] ?? '' } : { format: 'text', text: value };
}

/** What is wrong with a text that stands where bytes should. */
export function bytesProblem(value: string): string {
	switch (unreadText(value)?.format) {
		case 'hex':
			return 'This is not hex: two digits from 0 to f for each byte, with or without spaces.';
		case 'base64':
			return 'This is not base64.';
		case 'numbers':
			return 'These are not bytes: numbers from 0 to 255, with commas or spaces between them.';
		default:
			return 'This is text where a list of bytes is needed.';
	}
}

function unread(text: string, format: BytesFormat): string {
	return format === 'text' ? text : `${format}: ${text}`;
}

function parse(text: string, format: BytesFormat): Uint8Array | null {
	switch (format) {
		case 'text':
			return new TextEncoder().encode(text);
		case 'hex':
			return readHex(text);
		case 'base64': {
			const compact = withoutTrailing(text.replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/'), '=');
			if (!/^[A-Za-z\d+/]*$/.test(compact) || compact.length % 4 === 1) return null;
			return fromBase64(compact);
		}
		case 'numbers': {
			const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
			const fits = parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
			return fits ? Uint8Array.from(parts, Number) : null;
		}
	}
}

/** The text of UTF-8 bytes; null where they are not, or where typing it again would give other bytes. */
function utf8(bytes: Uint8Array): string | null {
	try {
		// `ignoreBOM` keeps a byte order mark in the text instead of dropping it.
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}
