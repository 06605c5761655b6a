import type { WitType } from '../../core/wit/types';

/**
 * What a field can hold: a WIT type, or what a JSON Schema of a tool without WIT asks for. `optional` may be left out, `json` is any
 * JSON at all.
 */
export type FieldType =
	| WitType
	| { readonly kind: 'json' }
	| { readonly kind: 'optional'; readonly element: FieldType }
	| { readonly kind: 'list'; readonly element: FieldType; readonly length?: number }
	| {
			readonly kind: 'record';
			readonly name: string;
			readonly fields: readonly { readonly name: string; readonly type: FieldType; readonly docs?: string }[];
	  };

/** One parameter of a form. */
export interface FormParam {
	readonly name: string;
	readonly type: FieldType;
	readonly docs?: string;
}
