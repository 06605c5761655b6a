import type { ReadState } from '../../core/call';
import type { WitFunction } from '../../core/wit/types';
import { exportedFunction } from './exported-function';

/** Calls functions without parameters, one after the other, and gives what they return as bytes. Throws what the component throws. */
export async function readState(
	instance: unknown,
	functions: readonly WitFunction[],
	renamed: unknown,
): Promise<ReadState> {
	const state: (readonly [string, Uint8Array])[] = [];
	for (const fn of functions) {
		const read = exportedFunction(instance, fn, renamed);
		if (!read) throw new Error(`The component has no function ${fn.name}.`);
		state.push([fn.name, asBytes(fn, await read())]);
	}
	return state;
}

function asBytes({ name, result }: WitFunction, value: unknown): Uint8Array {
	// A copy: a list may be a view into the component's own memory.
	if (value instanceof Uint8Array) return value.slice();
	const view = new DataView(new ArrayBuffer(result?.kind === 's64' || result?.kind === 'f64' ? 8 : 4));
	if (result?.kind === 's64') view.setBigInt64(0, value as bigint, true);
	else if (result?.kind === 's32') view.setInt32(0, value as number, true);
	else if (result?.kind === 'f64') view.setFloat64(0, value as number, true);
	else if (result?.kind === 'f32') view.setFloat32(0, value as number, true);
	else throw new Error(`${name} gives neither bytes nor a number.`);
	return new Uint8Array(view.buffer);
}
