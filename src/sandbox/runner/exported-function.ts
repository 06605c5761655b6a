import { exportKeys } from '../../core/wit';
import type { WitFunction } from '../../core/wit/types';

type Callable = (...args: readonly unknown[]) => unknown;

/** The function of jco's instance that a WIT function stands for, or null where it has none. */
export function exportedFunction(instance: unknown, fn: WitFunction): Callable | null {
	const [owner, key] = exportKeys(fn);
	const holder = owner === null ? instance : member(instance, owner);
	const found = member(holder, key);
	return typeof found === 'function' ? (found as Callable).bind(holder) : null;
}

/** An own property, whatever its name: inherited ones are no exports. */
const member = (holder: unknown, key: string): unknown =>
	typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
		? (holder as { readonly [key: string]: unknown })[key]
		: undefined;
