// TextEncoder and TextDecoder, for UTF-8 alone.
const encodeUtf8 = (text) => {
	const bytes = [];
	for (const character of String(text)) {
		let code = character.codePointAt(0);
		if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
		if (code < 0x80) bytes.push(code);
		else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
		else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
		else
			bytes.push(
				0xf0 | (code >> 18),
				0x80 | ((code >> 12) & 63),
				0x80 | ((code >> 6) & 63),
				0x80 | (code & 63),
			);
	}
	return Uint8Array.from(bytes);
};
const decodeUtf8 = (bytes, fatal = false) => {
	let text = '';
	for (let at = 0; at < bytes.length;) {
		const first = bytes[at++];
		if (first < 0x80) {
			text += String.fromCharCode(first);
			continue;
		}
		const more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
		let code = more === 3 ? first & 7 : more === 2 ? first & 15 : first & 31;
		let left = first < 0xf5 ? more : 0;
		const wanted = left;
		while (left > 0 && at < bytes.length && (bytes[at] & 0xc0) === 0x80) {
			code = (code << 6) | (bytes[at++] & 63);
			left -= 1;
		}
		const least = [0x110000, 0x80, 0x800, 0x10000][wanted];
		if (left > 0 || code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
			if (fatal) throw new TypeError('The bytes are not UTF-8.');
			text += '\ufffd';
		} else text += String.fromCodePoint(code);
	}
	return text;
};
globalThis.TextEncoder ??= class TextEncoder {
	get encoding() {
		return 'utf-8';
	}
	encode(text = '') {
		return encodeUtf8(text);
	}
};
globalThis.TextDecoder ??= class TextDecoder {
	#fatal;
	constructor(label = 'utf-8', { fatal = false } = {}) {
		if (!/^(utf-?8|unicode-1-1-utf-8)$/i.test(label))
			throw new RangeError(`There is no decoder for ${label} here.`);
		this.#fatal = fatal;
	}
	get encoding() {
		return 'utf-8';
	}
	get fatal() {
		return this.#fatal;
	}
	decode(bytes = new Uint8Array()) {
		const view = ArrayBuffer.isView(bytes)
			? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
			: new Uint8Array(bytes);
		return decodeUtf8(view, this.#fatal).replace(/^\ufeff/, '');
	}
};
