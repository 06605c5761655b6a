import { upTo } from '../up-to';

const special = /^(?:https?|wss?|ftp):/i;

/**
 * Whether the host of a URL can be a host at all, by the letter of the URL standard: a check that stands before the parser of a browser, which
 * may be more lenient, and that can only refuse more. A URL of another scheme may have nearly anything for a host.
 */
export function hasReadableHost(url: string): boolean {
	const trimmed = withoutEnds(url).replace(/[\t\n\r]/g, '');
	if (!special.test(trimmed)) return true;
	const rest = trimmed.replace(special, '').replace(/^[/\\]*/, '');
	const authority = upTo(rest, /[/?#\\]/);
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	if (host.length > longestHost) return false;
	return host.startsWith('[') || labelsOf(host.replace(/:\d*$/, '')).every(isLabel);
}

/** Longer hosts are none: names have 253 characters, and parsers take much longer for each more. */
export const longestHost = 2048;

/** A URL without the controls and blanks around it. An expression for those at the end takes its time for each of those before it. */
function withoutEnds(url: string): string {
	let [from, to] = [0, url.length];
	while (from < to && isBlank(url.charCodeAt(from))) from += 1;
	while (from < to && isBlank(url.charCodeAt(to - 1))) to -= 1;
	return url.slice(from, to);
}

const isBlank = (code: number) => code <= 0x20 || (code >= 0x7f && code <= 0x9f);

/** The labels of a host, its escapes resolved; escapes of no text make one label that is none. */
function labelsOf(host: string): readonly string[] {
	try {
		return decodeURIComponent(host).split(/[.\u3002\uff0e\uff61]/);
	} catch {
		return [' '];
	}
}

/** No character that may not stand in a host, no space of any alphabet, and no punycode that stands for nothing a host may hold. */
function isLabel(label: string): boolean {
	if (/[\p{Cc}\p{Z}#/:<>?@[\\\]^|%]/u.test(label)) return false;
	if (!/^xn--/i.test(label)) return true;
	const encoded = label.slice('xn--'.length).toLowerCase();
	const text = decodePunycode(encoded);
	if (text === null || /[\p{C}\p{Z}]/u.test(text)) return false;
	return URL.parse(`http://${text}.test`)?.hostname === `xn--${encoded}.test`;
}

/** What punycode stands for, by RFC 3492; null where it stands for nothing, or for ASCII alone. */
function decodePunycode(encoded: string): string | null {
	const hyphen = encoded.lastIndexOf('-');
	const text = [...encoded.slice(0, Math.max(0, hyphen))];
	const digits = encoded.slice(hyphen + 1);
	if (!/^[a-z0-9]+$/.test(digits)) return null;
	let [at, code, bias, position] = [0, 128, 72, 0];
	while (at < digits.length) {
		const before = position;
		let weight = 1;
		for (let step = 36; ; step += 36) {
			const char = digits[at++];
			if (char === undefined) return null;
			const digit = char >= 'a' ? char.charCodeAt(0) - 97 : char.charCodeAt(0) - 22;
			position += digit * weight;
			if (!Number.isSafeInteger(position)) return null;
			const threshold = Math.min(26, Math.max(1, step - bias));
			if (digit < threshold) break;
			weight *= 36 - threshold;
		}
		const length = text.length + 1;
		bias = adapted(position - before, length, before === 0);
		code += Math.floor(position / length);
		if (code > 0x10ffff) return null;
		position %= length;
		text.splice(position++, 0, String.fromCodePoint(code));
	}
	return text.join('');
}

function adapted(delta: number, length: number, isFirst: boolean): number {
	let rest = Math.floor(delta / (isFirst ? 700 : 2));
	rest += Math.floor(rest / length);
	let rounds = 0;
	for (; rest > 455; rounds += 36) rest = Math.floor(rest / 35);
	return rounds + Math.floor((36 * rest) / (rest + 38));
}
