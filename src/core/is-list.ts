import type { Json } from './wit/types';

/** Whether a value is a list. `Array.isArray` forgets of a read-only list what is in it. */
export function isList(value: Json | undefined): value is readonly Json[];
export function isList(value: unknown): value is readonly unknown[];
export function isList(value: unknown): boolean {
	return Array.isArray(value);
}
