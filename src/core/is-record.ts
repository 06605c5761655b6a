import type { Json } from './wit/types';

/** Whether a value is a map of fields: neither null nor a list. */
export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json };
export function isRecord(value: unknown): value is { readonly [key: string]: unknown };
export function isRecord(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
