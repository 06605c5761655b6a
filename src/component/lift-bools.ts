/**
 * Generated code in which every number but zero is `true`, as the canonical ABI and Wassette's runtime have it; the transpiler's own fails at
 * others than one, or takes them for `false` where they are in a stream.
 */
export const liftBools = (source: string): string =>
	source
		.replaceAll("throw new TypeError('invalid variant discriminant for bool');", 'return true;')
		.replaceAll('val = ctx.params[0] === 1;', 'val = ctx.params[0] !== 0;')
		.replaceAll('getUint8(ctx.storagePtr, true) === 1;', 'getUint8(ctx.storagePtr, true) !== 0;');
