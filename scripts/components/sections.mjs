function leb128(value) {
	const bytes = [];
	do {
		const low = value & 0x7f;
		value >>>= 7;
		bytes.push(value === 0 ? low : low | 0x80);
	} while (value !== 0);
	return bytes;
}

/** A component or module with a custom section added at its end. */
export function appendCustomSection(binary, name, content) {
	const nameBytes = new TextEncoder().encode(name);
	const nameLength = leb128(nameBytes.length);
	const size = leb128(nameLength.length + nameBytes.length + content.length);
	const head = Uint8Array.from([0, ...size, ...nameLength, ...nameBytes]);
	const out = new Uint8Array(binary.length + head.length + content.length);
	out.set(binary);
	out.set(head, binary.length);
	out.set(content, binary.length + head.length);
	return out;
}

/** Calls `visit(id, start, payload, end)` for each top-level section; returns nothing. */
export function eachSection(binary, visit) {
	let at = 8;
	while (at < binary.length) {
		const start = at;
		const id = binary[at++];
		let size = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = binary[at++];
			size |= (byte & 0x7f) << shift;
			if (byte < 0x80) break;
		}
		visit(id, start, binary.subarray(at, at + size), at + size);
		at += size;
	}
}

/** The content of a top-level custom section, or null. */
export function customSection(binary, name) {
	let found = null;
	const wanted = new TextEncoder().encode(name);
	eachSection(binary, (id, _start, payload) => {
		if (id !== 0 || payload[0] !== wanted.length) return;
		if (wanted.every((byte, i) => payload[i + 1] === byte)) found = payload.slice(1 + wanted.length);
	});
	return found;
}

/** A component without its top-level custom section of that name, for tools that stumble over it. */
export function withoutCustomSection(binary, name) {
	const kept = [binary.subarray(0, 8)];
	const wanted = new TextEncoder().encode(name);
	eachSection(binary, (id, start, payload, end) => {
		const drop =
			id === 0 && payload[0] === wanted.length && wanted.every((byte, i) => payload[i + 1] === byte);
		if (!drop) kept.push(binary.subarray(start, end));
	});
	return new Uint8Array(Buffer.concat(kept));
}

const sectionIds = { alias: 6, import: 10, export: 11 };

/** A component whose imports have `from` in their names replaced by `to`, which must be as long. */
export function renameImports(binary, from, to) {
	if (from.length !== to.length) throw new Error(`${from} and ${to} differ in length`);
	const renamed = Buffer.from(binary);
	eachSection(renamed, (id, _start, payload) => {
		if (id !== sectionIds.import) return;
		const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
		for (let at; (at = bytes.indexOf(from)) >= 0;) bytes.write(to, at, 'latin1');
	});
	return new Uint8Array(renamed);
}

/**
 * A component that no longer exports a function of that name. The section that holds the export must follow the section of the one
 * alias that it exports. An export counts as a function of its own, so a second copy of the alias takes its place: every index after
 * it stays right.
 */
export function withoutExport(binary, name) {
	const wanted = Buffer.from(name);
	const kept = [binary.subarray(0, 8)];
	let alias = null;
	let found = false;
	eachSection(binary, (id, start, payload, end) => {
		const section = binary.subarray(start, end);
		// One export: a count, the kind of its name, and the length and bytes of the name.
		const exported = Buffer.from(payload.subarray(3, 3 + wanted.length));
		if (id === sectionIds.export && payload[2] === wanted.length && exported.equals(wanted)) {
			if (payload[0] !== 1 || alias === null) throw new Error(`${name} is not exported alone`);
			kept.push(alias);
			found = true;
		} else {
			kept.push(section);
		}
		alias = id === sectionIds.alias && payload[0] === 1 ? section : null;
	});
	if (!found) throw new Error(`no export ${name}`);
	return new Uint8Array(Buffer.concat(kept));
}
