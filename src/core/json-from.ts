import type { Json } from './wit/types';

/** What a type is as JSON: itself where all that it holds is JSON, and `never` in the place of what is not. */
type AsJson<T> = T extends Json | undefined
	? T
	: T extends (...args: never) => unknown
		? never
		: T extends object
			? { readonly [K in keyof T]: AsJson<T[K]> }
			: never;

/** A value of a type that holds nothing but JSON, as JSON: an interface has no index signature, which is all that is in the way. */
export const jsonFrom = <T>(value: AsJson<T>): Json => value as Json;
