import { describeType } from '../../core/wit';
import type { WitType } from '../../core/wit/types';
import type { FieldType } from './field-type';

/** A type in a word or two, as WIT writes it. */
export function typeName(type: FieldType): string {
	switch (type.kind) {
		case 'json':
			return 'JSON';
		case 'optional':
			return `${typeName(type.element)}, may be left out`;
		case 'list':
			return `list<${typeName(type.element)}${type.length === undefined ? '' : `, ${type.length}`}>`;
		case 'record':
			return type.name;
		default:
			return describeType(type satisfies WitType);
	}
}
