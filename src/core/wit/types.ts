/** A WIT type with every name resolved to its shape. */
export type WitType =
	| {
			readonly kind:
				| 'bool'
				| 'u8'
				| 'u16'
				| 'u32'
				| 'u64'
				| 's8'
				| 's16'
				| 's32'
				| 's64'
				| 'f32'
				| 'f64'
				| 'char'
				| 'string';
	  }
	/** `length` is present for a list of fixed size, such as `list<u8, 4>`. */
	| { readonly kind: 'list'; readonly element: WitType; readonly length?: number }
	| { readonly kind: 'map'; readonly key: WitType; readonly value: WitType }
	| { readonly kind: 'option'; readonly element: WitType }
	| { readonly kind: 'result'; readonly ok: WitType | null; readonly err: WitType | null }
	| { readonly kind: 'tuple'; readonly elements: readonly WitType[] }
	| {
			readonly kind: 'record';
			readonly name: string;
			readonly fields: readonly { readonly name: string; readonly type: WitType; readonly docs?: string }[];
	  }
	| {
			readonly kind: 'variant';
			readonly name: string;
			readonly cases: readonly {
				readonly name: string;
				readonly type: WitType | null;
				readonly docs?: string;
			}[];
	  }
	| { readonly kind: 'enum'; readonly name: string; readonly cases: readonly string[] }
	| { readonly kind: 'flags'; readonly name: string; readonly flags: readonly string[] }
	| { readonly kind: 'own' | 'borrow'; readonly resource: string }
	| { readonly kind: 'future' | 'stream'; readonly element: WitType | null }
	| { readonly kind: 'error-context' };

/** A function that a component exports. Names are as in WIT (kebab-case); `interface` is null at world level. */
export interface WitFunction {
	/** Full name of the exported instance with its version, such as `local:time-server/time@0.1.0`. */
	readonly interface: string | null;
	/** As exported, such as `get-current-time` or `[method]counter.get`. */
	readonly name: string;
	readonly params: readonly { readonly name: string; readonly type: WitType }[];
	readonly result: WitType | null;
	readonly docs?: string;
	/** It is an `async func`; absent where it is not. */
	readonly async?: boolean;
	/** It is called otherwise than by its own parameters, which stand for what is handed to it; see `asEntry`. */
	readonly entry?: 'command' | 'service';
}

/** Plain JSON, save that integers a double cannot hold are bigints. */
export type Json =
	null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema as a plain object. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A tool as Wassette lists it. */
export interface Tool {
	readonly name: string;
	readonly description: string;
	readonly inputSchema: JsonSchema;
	/** Absent where the function has no result. */
	readonly outputSchema?: JsonSchema;
	readonly function: WitFunction;
	/** Why it can never be called (a resource parameter), if so. */
	readonly uncallable?: string;
}
