/** What the WebAssembly that tools are made with gives out beside its steps. */
export interface FieldExports {
	readonly memory: WebAssembly.Memory;
	allocate(length: number): number;
	answer_at(): number;
	answer_length(): number;
}

/** A step's answer: what it is asked for, or the texts that say what keeps it from that. */
export type FieldAnswer =
	| { readonly ok: true; readonly fields: readonly Uint8Array<ArrayBuffer>[] }
	| { readonly ok: false; readonly words: readonly string[] };

const decoder = new TextDecoder();

/**
 * Calls a step with byte strings, each behind its length in 32 bits, and reads the answer, which comes alike and begins with what kind it is of.
 * Throws where it traps without a word.
 */
export function askWasm(
	exports: FieldExports,
	step: (at: number, length: number) => void,
	fields: readonly Uint8Array[],
): FieldAnswer {
	const length = fields.reduce((sum, field) => sum + 4 + field.length, 0);
	const at = exports.allocate(length);
	const view = new DataView(exports.memory.buffer);
	const memory = new Uint8Array(exports.memory.buffer);
	let offset = at;
	for (const field of fields) {
		view.setUint32(offset, field.length, true);
		memory.set(field, offset + 4);
		offset += 4 + field.length;
	}
	let trap: unknown = null;
	try {
		step(at, length);
	} catch (error) {
		trap = error;
	}
	const start = exports.answer_at();
	const [kind, ...rest] = split(
		new Uint8Array(exports.memory.buffer).slice(start, start + exports.answer_length()),
	);
	if (kind !== undefined && decoder.decode(kind) === 'ok' && trap === null) return { ok: true, fields: rest };
	if (kind === undefined) throw trap;
	return { ok: false, words: rest.map((field) => decoder.decode(field)) };
}

function split(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
	const view = new DataView(bytes.buffer);
	const fields: Uint8Array<ArrayBuffer>[] = [];
	for (let at = 0; at < bytes.length;) {
		const length = view.getUint32(at, true);
		fields.push(bytes.slice(at + 4, at + 4 + length));
		at += 4 + length;
	}
	return fields;
}
