import type { WitType } from './types';

/** Whether there is a stream or a future in a type. */
export function holdsLater(type: WitType): boolean {
	switch (type.kind) {
		case 'stream':
		case 'future':
			return true;
		case 'list':
		case 'option':
			return holdsLater(type.element);
		case 'tuple':
			return type.elements.some(holdsLater);
		case 'record':
			return type.fields.some((field) => holdsLater(field.type));
		case 'result':
			return [type.ok, type.err].some((each) => each !== null && holdsLater(each));
		case 'variant':
			return type.cases.some((each) => each.type !== null && holdsLater(each.type));
		default:
			return false;
	}
}
