import { provided3, providedInterfaces } from '../core/wasi';

/** `ns:package/name@version` in its parts; null for a plain name. */
function parts(name: string): { readonly base: string; readonly version: string | null } | null {
	if (!name.includes('/')) return null;
	const at = name.indexOf('@');
	return at === -1 ? { base: name, version: null } : { base: name.slice(0, at), version: name.slice(at + 1) };
}

/**
 * The key of the imports object under which a program looks for an import: without version for what the host provides of 0.2 (and the
 * drafts of `wasi:config` and `wasi:logging`), with `@0.3` for what it provides of 0.3, else the name as it is.
 */
export function importKey(name: string): string {
	const found = parts(name);
	if (!found || !isProvided(name)) return name;
	return release3.test(found.version ?? '') ? `${found.base}@0.3` : found.base;
}

/** Releases; drafts of either differ from them, and from each other, in their functions. */
const release2 = /^0\.2\.\d+$/;
const release3 = /^0\.3\.\d+$/;

/** The host answers this import. */
export function isProvided(name: string): boolean {
	const found = parts(name);
	if (!found) return false;
	if (release3.test(found.version ?? '')) return provided3.includes(found.base);
	const owner = found.base.slice(0, found.base.indexOf('/'));
	if (!providedInterfaces.includes(found.base) && !providedInterfaces.includes(`${owner}/*`)) return false;
	return found.version === null || release2.test(found.version) || drafted.has(owner);
}

/** Packages whose only versions are drafts with the same functions. */
const drafted = new Set(['wasi:config', 'wasi:logging']);

/** Why a component with these imports and exports is refused before its code is generated; null where nothing speaks against it. */
export function refuseNames(imports: readonly string[], exports: readonly string[]): string | null {
	for (const name of [...imports, ...exports]) {
		const namespace = /^([^:]*):/.exec(name)?.[1];
		if (namespace !== undefined && refusedNamespaces.has(namespace)) {
			return `It uses '${name}', and the namespace '${namespace}' would reach into the browser.`;
		}
		if (/^(?:url|integrity|relative-url|locked-dep|unlocked-dep)=/.test(name)) {
			return `It imports '${name.slice(0, 200)}': a part that is to be had from elsewhere. ${buildIn}`;
		}
		if (!/^[\x20-\x7e]*$/.test(name) || /["'`\\]/.test(name)) {
			return 'One of its imports or exports has a name with characters that generated code must not contain.';
		}
	}
	return null;
}

/** Why a component that imports whole modules or components is refused; null for none. */
export const refuseWhole = (names: readonly string[]): string | null =>
	names.length === 0
		? null
		: `It imports ${names.map((name) => `'${name}'`).join(', ')} as a whole module or component, and nothing here can be that. ${buildIn}`;

const buildIn = 'Build it with that part in it (`wac plug` puts components together).';

/** The transpiler binds imports of these to globals of the page. */
const refusedNamespaces = new Set(['webidl', 'webidl-pkg', 'idl']);
