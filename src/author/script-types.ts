import { camelCase, pascalCase, type WitItem, type WitWorld } from '../core/wit';
import type { WitFunction, WitType } from '../core/wit/types';

/** A world as TypeScript: what a script can import as modules, and what it exports as one type. */
export function scriptTypes(world: WitWorld): string {
	const names = new Map<string, string>();
	const modules = world.imports
		.filter(({ kind }) => kind === 'interface')
		.map((item) => moduleOf(item, names));
	const exported = world.exports.map((item) => `  ${memberOf(item, names)};`);
	const tool = ['/** What the script exports. */', 'export interface Tool {', ...exported, '}'].join('\n');
	const types = [...names.values()].join('\n');
	return [...modules, types, tool].filter((part) => part !== '').join('\n\n') + '\n';
}

/** A function as TypeScript writes its type: `(path: string) => string`. */
export const functionType = (fn: WitFunction): string => signature(fn, new Map(), ' => ');

function moduleOf({ name, functions, resources }: WitItem, names: Map<string, string>): string {
	const plain = functions.filter((fn) => !fn.name.startsWith('['));
	const rows = plain.map((fn) => `  export function ${camelCase(fn.name)}${signature(fn, names)};`);
	const classes = resources.map((resource) => classOf(resource, functions, names));
	const members = [...plain.map((fn) => camelCase(fn.name)), ...resources.map(pascalCase)];
	return [
		`declare module '${name}' {`,
		...rows,
		...classes,
		`  const all: { ${members.map((member) => `${member}: typeof ${member}`).join('; ')} };`,
		'  export default all;',
		'}',
	].join('\n');
}

function classOf(resource: string, functions: readonly WitFunction[], names: Map<string, string>): string {
	const own = functions.filter(({ name }) => /^\[[a-z ]+\]([^.]*)/.exec(name)?.[1] === resource);
	const rows = own.map((fn) => {
		const key = camelCase(fn.name.split('.')[1] ?? '');
		if (fn.name.startsWith('[constructor]'))
			return `    constructor${signature({ ...fn, result: null }, names).replace(/: void$/, '')};`;
		if (fn.name.includes('static')) return `    static ${key}${signature(fn, names)};`;
		return `    ${key}${signature({ ...fn, params: fn.params.slice(1) }, names)};`;
	});
	return [`  export class ${pascalCase(resource)} {`, ...rows, '    [Symbol.dispose](): void;', '  }'].join(
		'\n',
	);
}

function memberOf({ name, kind, functions }: WitItem, names: Map<string, string>): string {
	if (kind !== 'interface') return `${camelCase(name)}${signature(functions[0]!, names)}`;
	const key = camelCase(name.split('@', 1)[0]!.split('/').at(-1)!);
	const rows = functions
		.filter((fn) => !fn.name.startsWith('['))
		.map((fn) => `${camelCase(fn.name)}${signature(fn, names)}`);
	return `${key}: { ${rows.join('; ')} }`;
}

/** A `result` at the top is returned or thrown. */
function signature({ params, result, async }: WitFunction, names: Map<string, string>, arrow = ': '): string {
	const given = params.map(({ name, type }) => `${camelCase(name)}: ${typeText(type, names)}`).join(', ');
	const back = result?.kind === 'result' ? result.ok : result;
	const value = back ? typeText(back, names) : 'void';
	return `(${given})${arrow}${async ? `Promise<${value}>` : value}`;
}

function typeText(type: WitType, names: Map<string, string>): string {
	const of = (part: WitType) => typeText(part, names);
	switch (type.kind) {
		case 'bool':
			return 'boolean';
		case 'u64':
		case 's64':
			return 'bigint';
		case 'char':
		case 'string':
			return 'string';
		case 'list':
			return type.element.kind === 'u8' ? 'Uint8Array' : `Array<${of(type.element)}>`;
		case 'map':
			return `Map<${of(type.key)}, ${of(type.value)}>`;
		case 'option':
			return type.element.kind === 'option'
				? `{ tag: 'some'; val: ${of(type.element)} } | { tag: 'none' }`
				: `${of(type.element)} | null`;
		case 'result':
			return `{ tag: 'ok'; val: ${type.ok ? of(type.ok) : 'undefined'} } | { tag: 'err'; val: ${type.err ? of(type.err) : 'undefined'} }`;
		case 'tuple':
			return `[${type.elements.map(of).join(', ')}]`;
		case 'record':
			return named(
				type.name,
				names,
				() => `{ ${type.fields.map((field) => `${camelCase(field.name)}: ${of(field.type)}`).join('; ')} }`,
			);
		case 'variant':
			return named(type.name, names, () =>
				type.cases
					.map((each) => `{ tag: '${each.name}'${each.type ? `; val: ${of(each.type)}` : ''} }`)
					.join(' | '),
			);
		case 'enum':
			return named(type.name, names, () => type.cases.map((each) => `'${each}'`).join(' | '));
		case 'flags':
			return named(
				type.name,
				names,
				() => `{ ${type.flags.map((flag) => `${camelCase(flag)}?: boolean`).join('; ')} }`,
			);
		case 'own':
		case 'borrow':
			return pascalCase(type.resource);
		case 'future':
			return `Promise<${type.element ? of(type.element) : 'void'}>`;
		case 'stream':
			return `AsyncIterable<${type.element ? of(type.element) : 'void'}>`;
		case 'error-context':
			return 'unknown';
		default:
			return 'number';
	}
}

/** A type with a name, declared once. */
function named(name: string, names: Map<string, string>, define: () => string): string {
	const key = pascalCase(name);
	if (!names.has(key)) {
		// Before its parts are looked at.
		names.set(key, '');
		names.set(key, `type ${key} = ${define()};`);
	}
	return key;
}
