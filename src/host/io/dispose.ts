/** The method that generated code calls when a guest drops a resource: `Symbol.dispose`, or its stand-in where there is none. */
export const dispose: unique symbol = ((Symbol as { dispose?: symbol }).dispose ??
	Symbol.for('dispose')) as never;
