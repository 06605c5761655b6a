import type { WitFunction, WitType } from './types';

/** A type as WIT writes it, for people: types with a name by their name. */
export function describeType(type: WitType): string {
	switch (type.kind) {
		case 'list':
			return `list<${describeType(type.element)}${type.length === undefined ? '' : `, ${type.length}`}>`;
		case 'map':
			return `map<${describeType(type.key)}, ${describeType(type.value)}>`;
		case 'option':
			return `option<${describeType(type.element)}>`;
		case 'tuple':
			return `tuple<${type.elements.map(describeType).join(', ')}>`;
		case 'result': {
			const { ok, err } = type;
			if (!err) return ok ? `result<${describeType(ok)}>` : 'result';
			return `result<${ok ? describeType(ok) : '_'}, ${describeType(err)}>`;
		}
		case 'record':
		case 'variant':
		case 'enum':
		case 'flags':
			return type.name;
		case 'own':
			return type.resource;
		case 'borrow':
			return `borrow<${type.resource}>`;
		case 'future':
		case 'stream':
			return type.element ? `${type.kind}<${describeType(type.element)}>` : type.kind;
		default:
			return type.kind;
	}
}

/** The definition of a type with a name, on several lines, such as `record point { … }`; null for types written in place. */
export function defineType(type: WitType): string | null {
	switch (type.kind) {
		case 'record':
			return block(
				'record',
				type.name,
				type.fields.map((field) => `${field.name}: ${describeType(field.type)}`),
			);
		case 'variant':
			return block(
				'variant',
				type.name,
				type.cases.map((each) => (each.type ? `${each.name}(${describeType(each.type)})` : each.name)),
			);
		case 'enum':
			return block('enum', type.name, type.cases);
		case 'flags':
			return block('flags', type.name, type.flags);
		default:
			return null;
	}
}

/** A function's signature as WIT writes it, such as `greet: func(name: string) -> string`. */
export function describeFunction(fn: WitFunction): string {
	const params = fn.params.map((param) => `${param.name}: ${describeType(param.type)}`).join(', ');
	return `${fn.name}: func(${params})${fn.result ? ` -> ${describeType(fn.result)}` : ''}`;
}

const block = (keyword: string, name: string, lines: readonly string[]): string =>
	`${keyword} ${name} {\n${lines.map((line) => `  ${line},\n`).join('')}}`;
