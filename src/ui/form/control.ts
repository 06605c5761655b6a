import type { FieldType } from './field-type';
import type { Draft } from './value';
import type { FieldPath } from './validate';

/** What a control needs of its field to be announced with it. */
export interface FieldLinks {
	/** The id that the field's label points to. */
	readonly id: string;
	/** The field's name in words. */
	readonly label: string;
	/** The same where the label does not point to the control; without it the control would have no name. */
	readonly ariaLabel: string | undefined;
	readonly describedby: string | undefined;
	readonly invalid: boolean;
}

/** What every control of a field takes: it shows `value` and announces another one. */
export interface ControlProps<T extends FieldType = FieldType> {
	readonly type: T;
	readonly value: Draft;
	readonly path: FieldPath;
	readonly links: FieldLinks;
	readonly onchange: (value: Draft) => void;
}

export type TypeOf<K extends FieldType['kind']> = Extract<FieldType, { readonly kind: K }>;

/** Whether a field of this type is one control, which a label can point to. */
export function isSingleControl(type: FieldType): boolean {
	switch (type.kind) {
		case 'u8':
		case 'u16':
		case 'u32':
		case 'u64':
		case 's8':
		case 's16':
		case 's32':
		case 's64':
		case 'f32':
		case 'f64':
		case 'char':
		case 'string':
		case 'enum':
		case 'json':
			return true;
		case 'future':
			return type.element !== null && isSingleControl(type.element);
		case 'optional':
			return isSingleControl(type.element);
		default:
			return false;
	}
}
