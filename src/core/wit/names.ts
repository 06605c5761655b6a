import type { WitFunction } from './types';

/** A WIT name as jco spells it in JavaScript: `get-URL` becomes `getUrl`. */
export const camelCase = (name: string): string =>
	name
		.split('-')
		.filter((word) => word !== '')
		.map((word, index) => {
			const lower = word.toLowerCase();
			return index === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
		})
		.join('');

/** Where jco's instance holds an exported function: the key of its interface's object, or null at world level, then its own key. */
export function exportKeys(fn: WitFunction): readonly [instance: string | null, key: string] {
	const { interface: owner, name } = fn;
	// Interfaces with a package keep their full name as key; those written inline in a world are camelCase.
	return [owner === null ? null : owner.includes(':') ? owner : camelCase(owner), camelCase(name)];
}

/** The MCP tool name that Wassette gives an exported function. */
export const toolName = (fn: Pick<WitFunction, 'interface' | 'name'>): string =>
	(fn.interface === null ? [fn.name] : [fn.interface, fn.name]).map(normalised).join('_');

const normalised = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]/gu, '_');
