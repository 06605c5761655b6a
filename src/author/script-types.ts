import { upTo } from '../core/up-to';
import { itemAt } from '../core/item-at';
import { camelCase, pascalCase, type WitItem, type WitWorld } from '../core/wit';
import type { WitFunction } from '../core/wit/types';
import { declarableName, reserved, TypeWriter } from './type-writer';

/** The module in which the types of a world's exports stand. */
export const worldModule = 'tapedeck:world';

/**
 * A world as TypeScript, for a declaration file of its own: a module for each interface that a script can import, the functions that are there
 * without one, and in the module {@link worldModule} the type `Tool` of what it exports.
 */
export function scriptTypes(world: WitWorld): string {
	const homes = new Map<string, string>();
	for (const { name, resources } of world.imports)
		for (const resource of resources) if (!homes.has(resource)) homes.set(resource, name);
	const modules = world.imports
		.filter(({ kind }) => kind === 'interface')
		.map((item) => moduleOf(item, new TypeWriter({ homes, own: item.resources })));
	const types = new TypeWriter({ homes });
	const plain = new TypeWriter({ homes, inline: true });
	const functions = world.imports
		.filter(({ kind }) => kind === 'function')
		.map(({ name, functions }) => functionRow('declare ', camelCase(name), itemAt(functions, 0), plain));
	const exported = world.exports
		.filter(({ kind }) => kind !== 'resource')
		.map((item) => `${docsOf(item.docs)}    ${memberOf(item, types)};`);
	const tool = [
		`declare module '${worldModule}' {`,
		...types.declarations(),
		'  /** What the script exports. */',
		'  export interface Tool {',
		...exported,
		'  }',
		'}',
	].join('\n');
	return [...modules, ...functions, tool].join('\n\n') + '\n';
}

/** A function as TypeScript writes its type: `(path: string) => string`. */
export const functionType = (fn: WitFunction): string => new TypeWriter().signature(fn, ' => ');

/** What is documented in WIT, as a comment above. */
const docsOf = (docs?: string) => (docs ? `/** ${docs.replaceAll('*/', '* /')} */\n` : '');

function functionRow(before: string, name: string, fn: WitFunction, types: TypeWriter): string {
	const declared = `function ${declarableName(name)}${types.signature(fn)};`;
	return `${docsOf(fn.docs)}${before}${declared}`;
}

function moduleOf({ name, functions, resources }: WitItem, types: TypeWriter): string {
	const plain = functions.filter((fn) => !fn.name.startsWith('['));
	const rows = plain.map((fn) => {
		const key = camelCase(fn.name);
		return reserved.test(key)
			? `${functionRow('  ', key, fn, types)}\n  export { ${declarableName(key)} as ${key} };`
			: functionRow('  export ', key, fn, types);
	});
	const classes = resources.map((resource) => classOf(resource, functions, types));
	const members = [...plain.map((fn) => camelCase(fn.name)), ...resources.map(pascalCase)];
	return [
		`declare module '${name}' {`,
		...types.declarations(),
		...rows,
		...classes,
		`  const all: { ${members.map((member) => `${member}: typeof ${declarableName(member)}`).join('; ')} };`,
		'  export default all;',
		'}',
	].join('\n');
}

function classOf(resource: string, functions: readonly WitFunction[], types: TypeWriter): string {
	const own = functions.filter(({ name }) => /^\[[a-z ]+\]([^.]*)/.exec(name)?.[1] === resource);
	const constructed = own.some(({ name }) => name.startsWith('[constructor]'));
	const rows = own.map((fn) => {
		const key = camelCase(fn.name.split('.')[1] ?? '');
		const docs = docsOf(fn.docs);
		if (fn.name.startsWith('[constructor]'))
			return `${docs}    constructor${types.signature({ ...fn, result: null }).replace(/: void$/, '')};`;
		if (fn.name.includes('static')) return `${docs}    static ${key}${types.signature(fn)};`;
		return `${docs}    ${key}${types.signature({ ...fn, params: fn.params.slice(1) })};`;
	});
	return [
		`  export class ${pascalCase(resource)} {`,
		// One is given by functions alone, and nothing else that looks like one is one.
		...(constructed ? [] : ['    private constructor();']),
		...rows,
		'    [Symbol.dispose](): void;',
		'  }',
	].join('\n');
}

function memberOf({ name, kind, functions }: WitItem, types: TypeWriter): string {
	if (kind !== 'interface') return `${camelCase(name)}${types.signature(itemAt(functions, 0))}`;
	const key = camelCase(itemAt(upTo(name, '@').split('/'), -1));
	const rows = functions
		.filter((fn) => !fn.name.startsWith('['))
		.map((fn) => `${camelCase(fn.name)}${types.signature(fn)}`);
	return `${key}: { ${rows.join('; ')} }`;
}
