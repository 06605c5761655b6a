import type { HostImports } from '../types';

/** One of the interfaces of 0.2 that a call has. Throws where it is missing: 0.3 stands on all of them. */
export function interfaceOf(two: HostImports, name: string): HostImports[string] {
	const found = two[name];
	if (!found) throw new Error(`there is no ${name} to stand on`);
	return found;
}
