import type { WitType } from './types';

/** A component value as jco's generated code takes and gives it. */
export type ComponentValue =
	| undefined
	| boolean
	| number
	| bigint
	| string
	| ArrayBufferView
	| readonly ComponentValue[]
	| PromiseLike<unknown>
	| ReadonlyMap<ComponentValue, ComponentValue>
	| { readonly [key: string]: ComponentValue };

type NumericKind = 'u8' | 's8' | 'u16' | 's16' | 'u32' | 's32' | 'u64' | 's64' | 'f32' | 'f64';

/** Lists of these travel as typed arrays. */
export const typedArrays: {
	readonly [K in NumericKind]: { from(items: readonly never[]): ArrayBufferView };
} = {
	u8: Uint8Array,
	s8: Int8Array,
	u16: Uint16Array,
	s16: Int16Array,
	u32: Uint32Array,
	s32: Int32Array,
	u64: BigUint64Array,
	s64: BigInt64Array,
	f32: Float32Array,
	f64: Float64Array,
};

export const isNumeric = (kind: string): kind is NumericKind => Object.hasOwn(typedArrays, kind);

/** The values that an integer type holds. */
export const integerRanges = {
	u8: [0n, 255n],
	s8: [-128n, 127n],
	u16: [0n, 65535n],
	s16: [-32768n, 32767n],
	u32: [0n, 2n ** 32n - 1n],
	s32: [-(2n ** 31n), 2n ** 31n - 1n],
	u64: [0n, 2n ** 64n - 1n],
	s64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const satisfies { readonly [K in NumericKind]?: readonly [bigint, bigint] };

/**
 * An option whose element may be `undefined` itself is `{ tag, val }` in jco, because `undefined` could mean either of two nones. That is an
 * option in an option; around one of these, which is never `undefined`, there is no tag again.
 */
export const isNestedOption = (type: WitType): boolean =>
	type.kind === 'option' && type.element.kind === 'option' && !isNestedOption(type.element);
