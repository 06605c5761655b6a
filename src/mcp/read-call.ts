import { isRecord } from '../core/is-record';
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
	if (!isRecord(params)) return null;
	const { name, arguments: args = null, _meta: meta } = params;
	if (typeof name !== 'string') return null;
	if (args !== null && !isRecord(args)) return null;
	const token = isRecord(meta) ? meta['progressToken'] : undefined;
	return {
		name,
		args: (args ?? {}) as AskedCall['args'],
		token: typeof token === 'string' || typeof token === 'number' ? token : undefined,
	};
}
