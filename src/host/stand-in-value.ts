import { camelCase } from '../core/wit/names';
import type { WitType } from '../core/wit/types';
import { isNestedOption, isNumeric, typedArrays } from '../core/wit/values';

/**
 * The plainest value of a type, as jco's generated code takes it: zero, the empty text or list, none, the first case, success. `resource` makes
 * a handle of a named resource. Throws where no value can be made up, as for a stream.
 */
export function plainValue(type: WitType, resource: (name: string) => unknown): unknown {
	const inner = (type: WitType) => plainValue(type, resource);
	switch (type.kind) {
		case 'bool':
			return false;
		case 'u64':
		case 's64':
			return 0n;
		case 'u8':
		case 'u16':
		case 'u32':
		case 's8':
		case 's16':
		case 's32':
		case 'f32':
		case 'f64':
			return 0;
		case 'char':
			return '\0';
		case 'string':
			return '';
		case 'list': {
			const items = Array.from({ length: type.length ?? 0 }, () => inner(type.element));
			const { kind } = type.element;
			return isNumeric(kind) ? typedArrays[kind].from(items as never[]) : items;
		}
		case 'map':
			return new Map();
		case 'option':
			return isNestedOption(type) ? { tag: 'none' } : undefined;
		case 'result':
			return { tag: 'ok', val: type.ok === null ? undefined : inner(type.ok) };
		case 'tuple':
			return type.elements.map(inner);
		case 'record':
			return Object.fromEntries(type.fields.map((field) => [camelCase(field.name), inner(field.type)]));
		case 'variant': {
			const [first] = type.cases;
			return { tag: first?.name, val: first?.type ? inner(first.type) : undefined };
		}
		case 'enum':
			return type.cases[0];
		case 'flags':
			return Object.fromEntries(type.flags.map((flag) => [camelCase(flag), false]));
		case 'own':
		case 'borrow':
			return resource(type.resource);
		case 'future':
		case 'stream':
		case 'error-context':
			throw new Error(`nothing can stand in for a ${type.kind}`);
	}
}
