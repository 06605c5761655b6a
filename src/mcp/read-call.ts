import type { ProgressToken } from '@modelcontextprotocol/sdk/types.js';
import type { Json } from '../core/wit/types';

/** A tool call as it was asked for. */
export interface AskedCall {
	readonly name: string;
	readonly args: { readonly [name: string]: Json };
	/** Under which progress is told; undefined where nobody asked to be told. */
	readonly token: ProgressToken | undefined;
}

/** The parameters of `tools/call`; null where they are none. Arguments that are null count as none. */
export function readCall(params: unknown): AskedCall | null {
	if (!isObject(params)) return null;
	const { name, arguments: args = null, _meta: meta } = params;
	if (typeof name !== 'string') return null;
	if (args !== null && !isObject(args)) return null;
	const token = isObject(meta) ? meta['progressToken'] : undefined;
	return {
		name,
		args: (args ?? {}) as AskedCall['args'],
		token: typeof token === 'string' || typeof token === 'number' ? token : undefined,
	};
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
