import { getContext, setContext } from 'svelte';
import type { Outlet } from '../../core/outlet';

const key = Symbol('outlet');

/** Gives everything below a component the way out of the session that it shows. */
export const provideOutlet = (outlet: () => Outlet): void => void setContext(key, outlet);

/** The same for a component that is mounted by itself. */
export const withOutlet = (outlet: () => Outlet): Map<unknown, unknown> => new Map([[key, outlet]]);

/** The way out of the session that a component belongs to. Throws where none was provided. */
export function useOutlet(): () => Outlet {
	const outlet = getContext<(() => Outlet) | undefined>(key);
	if (!outlet) throw new Error('No session provides an outlet here.');
	return outlet;
}
