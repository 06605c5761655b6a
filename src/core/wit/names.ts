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

/** A resource's name as jco and the JavaScript engine spell its class: `input-stream` becomes `InputStream`. */
export const pascalCase = (name: string): string => {
	const camel = camelCase(name);
	return camel.charAt(0).toUpperCase() + camel.slice(1);
};

/**
 * The plain name under which a function of the world is handed to jco 0.15, which looks for it in lower case, and whose code breaks where
 * it has the name of a variable of its own, or one that a strict function cannot have, or makes a promise of what holds it.
 */
export function exportedAs(name: string): string {
	const lower = name.toLowerCase();
	return unusable.test(camelCase(lower)) ? `${lower}-export` : lower;
}

const unusable =
	/^(?:arguments|undefined|then|instantiate|getCoreModule|(?:exports|module|memory|realloc|postReturn|trampoline|instanceFlags)\d+(?:Async)?)$/;

/** Where jco's instance holds an exported function: the key of its interface's object, or null at world level, then its own key. */
export function exportKeys(fn: WitFunction): readonly [instance: string | null, key: string] {
	const { interface: owner, name } = fn;
	// Interfaces with a package keep their full name as key; those written inline in a world are camelCase.
	if (owner === null) return [null, camelCase(exportedAs(name))];
	return [owner.includes(':') ? owner : camelCase(owner), camelCase(name)];
}

/** The MCP tool name that Wassette gives an exported function. */
export const toolName = (fn: Pick<WitFunction, 'interface' | 'name'>): string =>
	(fn.interface === null ? [fn.name] : [fn.interface, fn.name]).map(normalised).join('_');

const normalised = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]/gu, '_');
