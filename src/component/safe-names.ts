import { upTo } from '../core/up-to';
import { keptFor } from '../core/kept-for';
import { itemAt } from '../core/item-at';
import { camelCase, pascalCase } from '../core/wit/names';
import type { WitWorld } from '../core/wit/parse-wit';
import { renameNames } from './rename-names';

/**
 * What generated code has for itself whatever the component is, and what a strict program cannot name so. Resources become classes, everything
 * else a variable.
 */
const always =
	/^(?:arguments|undefined|globalThis|getCoreModule|(?:exports|module|memory|realloc|postReturn|trampoline|instanceFlags)\d+(?:Async)?|Map|Promise|ReadableStream|Set|Symbol)$/;

/** A component whose names were changed, and what they are called in the code that is generated for it. */
export interface RenamedWorld {
	readonly bytes: Uint8Array;
	/** The changed name of an import, an export, an interface or a function of one; of others, the name itself. */
	readonly changed: (name: string) => string;
	/** Keys of the imports in the generated code to those that they stand for. */
	readonly imported: ReadonlyMap<string, string>;
	/** Keys that WIT's names make of the exports to those that they have in the generated code. */
	readonly exported: ReadonlyMap<string, string>;
}

/** Names of a world's functions, resources and interfaces as the generated code spells them, with how WIT does. */
export function identifiersOf(world: WitWorld): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	const add = (name: string, spelt: string) => void found.set(spelt, name);
	// Functions that the world exports by themselves have names of their own: see `exportedAs`.
	const exported = world.exports.filter(({ kind }) => kind !== 'function');
	for (const { name, kind, functions, resources } of [...exported, ...world.imports]) {
		if (kind === 'interface') add(localName(name), camelCase(localName(name)));
		// A constructor, a method or a static function belongs to its class.
		for (const fn of functions) if (!fn.name.startsWith('[')) add(fn.name, camelCase(fn.name));
		for (const resource of resources) add(resource, pascalCase(resource));
	}
	return found;
}

/** Those identifiers that code cannot have, or that `source`, generated with them, has more than once. */
export function clashing(identifiers: Iterable<string>, source = ''): ReadonlySet<string> {
	const declared = new Map<string, number>();
	// Classes and functions wherever they are: one hides the other. Variables of functions are nobody else's.
	for (const [, names = ''] of source.matchAll(
		/^(?:[ \t]*(?:export )?(?:class|(?:async )?function\*?)|[ \t]{0,4}(?:export )?(?:const|let|var)) +(\{[^}]*\}|[\w$]+)/gm,
	)) {
		for (const part of names.replace(/[{}]/g, '').split(',')) {
			const name = itemAt(part.split(':'), -1).trim();
			declared.set(name, (declared.get(name) ?? 0) + 1);
		}
	}
	return new Set([...identifiers].filter((name) => always.test(name) || (declared.get(name) ?? 0) > 1));
}

/** The component with other names for what would clash. Throws `MalformedBinary`. */
export function withSafeNames(
	bytes: Uint8Array,
	world: WitWorld,
	clashes: ReadonlySet<string>,
): RenamedWorld {
	const identifiers = identifiersOf(world);
	const renamed = new Set([...clashes].map((spelt) => keptFor(identifiers, spelt).toLowerCase()));
	const text = new TextDecoder('latin1').decode(bytes).toLowerCase();
	let suffix = '-x';
	while ([...renamed].some((name) => text.includes(name + suffix))) suffix += 'x';
	const safe = (word: string) => (renamed.has(word.toLowerCase()) ? word + suffix : word);
	// `[method]word.name`, `owner:package/word@version`, or a word.
	const changed = (name: string): string => {
		const from = name.startsWith('[') ? name.indexOf(']') + 1 : name.lastIndexOf('/') + 1;
		const word = upTo(name.slice(from), /[.@]/);
		return name.slice(0, from) + safe(word) + name.slice(from + word.length);
	};
	const imported = new Map<string, string>();
	const exported = new Map<string, string>();
	for (const name of renamed) {
		imported.set(name + suffix, name);
		for (const spell of [camelCase, pascalCase]) {
			imported.set(spell(name + suffix), spell(name));
			exported.set(spell(name), spell(name + suffix));
		}
	}
	for (const { name } of world.exports)
		if (name.includes(':') && changed(name) !== name) exported.set(name, changed(name));
	return { bytes: renameNames(bytes, changed), changed, imported, exported };
}

/** Generated code that looks for its imports under the names they had, and tells the keys of its exports that are others than they had. */
export function withKeys(source: string, { imported, exported }: RenamedWorld): string {
	if (imported.size === 0) return source;
	const own = (key: string) => imported.get(key) ?? key;
	// `{ a, b: c }`: what is looked for, and the variable that it becomes.
	const looked = (names: string) =>
		names.replace(/([\w$]+)(\s*:\s*[\w$]+)?/g, (_, key: string, variable?: string) =>
			variable === undefined && imported.has(key) ? `${own(key)}: ${key}` : own(key) + (variable ?? ''),
		);
	const renamed = source
		.replace(
			/^([ \t]*const \{)([^{}\n]*)(?=\} = imports\[)/gm,
			(_, before: string, names: string) => before + looked(names),
		)
		.replace(/\bimports\['([^']*)'\]/g, (_, key: string) => `imports['${own(key)}']`);
	return `${renamed}\nexport const renamed = ${JSON.stringify(Object.fromEntries(exported))};\n`;
}

/** `time` of `local:time-server/time@1.0.0`. */
export const localName = (name: string): string => itemAt(upTo(name, '@').split('/'), -1);
