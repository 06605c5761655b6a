import { exportKeys } from '../../core/wit';
import { camelCase } from '../../core/wit/names';
import type { WitFunction } from '../../core/wit/types';

type Callable = (...args: readonly unknown[]) => unknown;

/**
 * The function of jco's instance that a WIT function stands for, or null where it has none. `renamed` has the keys that are others in the
 * generated code than WIT's names make them.
 */
export function exportedFunction(instance: unknown, fn: WitFunction, renamed: unknown): Callable | null {
	const [owner, key] = exportKeys(fn);
	const other = (name: string): string | undefined => {
		const found = member(renamed, name);
		return typeof found === 'string' ? found : undefined;
	};
	const holder = owner === null ? instance : member(instance, other(owner) ?? owner);
	const found = member(holder, other(camelCase(fn.name)) ?? key);
	return typeof found === 'function' ? (found as Callable).bind(holder) : null;
}

/** An own property, whatever its name: inherited ones are no exports. */
const member = (holder: unknown, key: string): unknown =>
	typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
		? (holder as { readonly [key: string]: unknown })[key]
		: undefined;
