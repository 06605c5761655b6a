import { Scalar } from 'yaml';

/** What a scalar is where nothing says of which type it has to be: what a YAML reader takes it for. */
export type Untyped =
	| { readonly kind: 'null' }
	| { readonly kind: 'bool'; readonly value: boolean }
	/** Negative or not; 64 bits hold it. */
	| { readonly kind: 'integer'; readonly value: bigint }
	| { readonly kind: 'float'; readonly value: number }
	| { readonly kind: 'string'; readonly value: string }
	/** What no buffered value can hold: an integer of more than 64 bits, or a value with a tag of its own. */
	| { readonly kind: 'unfit' };

const yamlTag = 'tag:yaml.org,2002:';

/** Whether a node has a tag that YAML does not define, such as `!secret`. */
export const hasOwnTag = (node: { readonly tag?: string }): boolean =>
	node.tag !== undefined && !node.tag.startsWith(yamlTag);

/** The text that a scalar is written with, its quotes and escapes resolved. */
export const scalarText = (scalar: Scalar): string =>
	typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');

const isPlain = (scalar: Scalar) => scalar.type === Scalar.PLAIN || scalar.type === undefined;

/** What a scalar stands for by itself, in the rules of the reader that Wassette is built with. */
export function untyped(scalar: Scalar): Untyped {
	if (hasOwnTag(scalar)) return { kind: 'unfit' };
	const text = scalarText(scalar);
	switch (scalar.tag?.slice(yamlTag.length)) {
		case 'str':
			return { kind: 'string', value: text };
		case 'null':
			return isNullWord(text) || text === '' ? { kind: 'null' } : { kind: 'unfit' };
		case 'bool':
			return fromBool(text) ?? { kind: 'unfit' };
		case 'int':
			return fromInteger(text) ?? { kind: 'unfit' };
		case 'float': {
			const value = yamlFloat(text);
			return value === null ? { kind: 'unfit' } : { kind: 'float', value };
		}
		default:
			return untagged(scalar, text);
	}
}

function untagged(scalar: Scalar, text: string): Untyped {
	if (!isPlain(scalar)) return { kind: 'string', value: text };
	if (text === '' || isNullWord(text)) return { kind: 'null' };
	const known = fromBool(text) ?? fromInteger(text);
	if (known) return known;
	const float = isNumeralOfZeros(text) ? null : yamlFloat(text);
	return float === null ? { kind: 'string', value: text } : { kind: 'float', value: float };
}

/** The whole number that a scalar stands for where one is wanted, which only a plain one can; null where it is none of 64 bits, or negative. */
export function typedU64(scalar: Scalar): bigint | null {
	const text = scalarText(scalar);
	if (!isTypedNumber(scalar) || text.startsWith('-')) return null;
	const read = fromInteger(text);
	return read?.kind === 'integer' ? read.value : null;
}

/** The float that a scalar stands for where one is wanted, which only a plain one can; null where it is none. */
export const typedFloat = (scalar: Scalar): number | null =>
	isTypedNumber(scalar) ? yamlFloat(scalarText(scalar)) : null;

/** The truth value that a scalar stands for where one is wanted; null where it is none. */
export function typedBool(scalar: Scalar): boolean | null {
	const read = isTypedNumber(scalar) ? fromBool(scalarText(scalar)) : null;
	return read?.kind === 'bool' ? read.value : null;
}

const isTypedNumber = (scalar: Scalar) => isPlain(scalar) && scalar.tag !== `${yamlTag}str`;

const isNullWord = (text: string) => /^(?:null|Null|NULL|~)$/.test(text);

function fromBool(text: string): Extract<Untyped, { kind: 'bool' }> | null {
	if (/^(?:true|True|TRUE)$/.test(text)) return { kind: 'bool', value: true };
	return /^(?:false|False|FALSE)$/.test(text) ? { kind: 'bool', value: false } : null;
}

/** More than one digit, the first a zero, is a text since YAML 1.2. */
const isNumeralOfZeros = (text: string) => /^[+-]?0\d+$/.test(text);

function fromInteger(text: string): Extract<Untyped, { kind: 'integer' | 'unfit' }> | null {
	if (isNumeralOfZeros(text)) return null;
	const [, sign, digits] = /^([+-]?)(0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/i.exec(text) ?? [];
	if (digits === undefined || /^0[XOB]/.test(digits)) return null;
	const size = BigInt(digits);
	const value = sign === '-' ? -size : size;
	if (value >= 2n ** 128n || value < -(2n ** 127n)) return null;
	return value >= 2n ** 64n || value < -(2n ** 63n) ? { kind: 'unfit' } : { kind: 'integer', value };
}

/** A float as YAML writes one; what is too large for one is no float, but a text. */
function yamlFloat(text: string): number | null {
	if (/^[+-]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
	if (/^\.(?:nan|NaN|NAN)$/.test(text)) return NaN;
	const value = rustFloat(text);
	return value !== null && Number.isFinite(value) ? value : null;
}

/** A float as Rust reads one from a text, the words for infinity and for no number among them; null where it is none. */
export function rustFloat(text: string): number | null {
	const word = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
	if (word) return word[2] === undefined ? NaN : word[1] === '-' ? -Infinity : Infinity;
	return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
