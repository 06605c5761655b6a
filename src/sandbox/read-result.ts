import type { Json } from '../core/wit/types';
import { refuseShape } from './json-shape';
import type { ResultText } from './protocol';
import { ProtocolError } from './rpc';
import type { Slices } from './slices';

/** Bytes from which on a result is a long one. */
const longFrom = 2 ** 20;

/** Reads a result that a sandbox wrote. Throws a `ProtocolError` where it is no JSON, or holds more than `resultShape` has room for. */
export async function readResult({ utf8, bigints }: ResultText, slices: Slices): Promise<Json> {
	const refusal = await refuseShape(utf8, slices);
	if (refusal !== null) throw new ProtocolError(`a result that ${refusal}`);
	const isLong = utf8.byteLength > longFrom;
	let json: Json;
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(utf8);
		if (isLong) await slices.next();
		json = JSON.parse(text) as Json;
	} catch {
		throw new ProtocolError('a result that does not parse');
	}
	// What is made of it next takes as long again.
	if (isLong) await slices.next();
	if (!bigints) return json;
	const root: { [key: string]: Json } = { json };
	const open: object[] = [root];
	for (let holder = open.pop(); holder; holder = open.pop()) {
		for (const [key, value] of Object.entries(holder) as [string, Json][]) {
			if (typeof value === 'object' && value !== null) open.push(value);
			else if (typeof value === 'string') {
				// Defined, not assigned: the key may be `__proto__`.
				Object.defineProperty(holder, key, {
					value: unmarked(value),
					configurable: true,
					enumerable: true,
					writable: true,
				});
			}
		}
		if (slices.spent()) await slices.next();
	}
	return root.json!;
}

function unmarked(text: string): Json {
	const rest = text.slice(1);
	if (text[0] === 's') return rest;
	if (text === 'n-0') return -0;
	if (text[0] === 'n' && /^-?\d{1,20}$/.test(rest)) return BigInt(rest);
	throw new ProtocolError('a result that does not parse');
}
