import type { WitType } from './types';

/** WIT as it is written: names are not resolved yet. Each `at` is an offset in the text, for messages. */
export type TypeSyntax =
	| { readonly form: 'plain'; readonly type: WitType }
	| { readonly form: 'named'; readonly name: string; readonly at: number }
	| { readonly form: 'list'; readonly element: TypeSyntax; readonly length?: number }
	| { readonly form: 'map'; readonly key: TypeSyntax; readonly value: TypeSyntax }
	| { readonly form: 'option'; readonly element: TypeSyntax }
	| { readonly form: 'result'; readonly ok: TypeSyntax | null; readonly err: TypeSyntax | null }
	| { readonly form: 'tuple'; readonly elements: readonly TypeSyntax[] }
	| { readonly form: 'own' | 'borrow'; readonly resource: string; readonly at: number }
	| { readonly form: 'future' | 'stream'; readonly element: TypeSyntax | null };

export interface Path {
	/** `ns:name` without version; null within the same package. */
	readonly package: string | null;
	readonly name: string;
	readonly version: string | null;
	readonly at: number;
}

export interface FunctionSyntax {
	readonly name: string;
	readonly params: readonly { readonly name: string; readonly type: TypeSyntax }[];
	readonly result: TypeSyntax | null;
	readonly async?: boolean;
	readonly docs?: string;
	readonly at: number;
}

export type TypeDefinition = { readonly name: string; readonly docs?: string; readonly at: number } & (
	| { readonly form: 'alias'; readonly type: TypeSyntax }
	| {
			readonly form: 'record';
			readonly fields: readonly {
				readonly name: string;
				readonly type: TypeSyntax;
				readonly docs?: string;
			}[];
	  }
	| {
			readonly form: 'variant';
			readonly cases: readonly {
				readonly name: string;
				readonly type: TypeSyntax | null;
				readonly docs?: string;
			}[];
	  }
	| { readonly form: 'enum'; readonly cases: readonly string[] }
	| { readonly form: 'flags'; readonly flags: readonly string[] }
	| { readonly form: 'resource' }
	| { readonly form: 'use'; readonly from: Path; readonly original: string }
);

export interface InterfaceSyntax {
	readonly types: ReadonlyMap<string, TypeDefinition>;
	readonly functions: readonly FunctionSyntax[];
	readonly docs?: string;
}

export type WorldItem = {
	readonly direction: 'import' | 'export';
	readonly docs?: string;
	readonly at: number;
} & (
	| { readonly form: 'path'; readonly path: Path }
	| { readonly form: 'function'; readonly name: string; readonly function: FunctionSyntax }
	| { readonly form: 'interface'; readonly name: string; readonly interface: InterfaceSyntax }
);

export interface IncludeSyntax {
	readonly path: Path;
	readonly renames: ReadonlyMap<string, string>;
}

export interface WorldSyntax {
	readonly name: string;
	readonly types: ReadonlyMap<string, TypeDefinition>;
	/** Methods of resources that the world itself declares. */
	readonly functions: readonly FunctionSyntax[];
	readonly items: readonly WorldItem[];
	readonly includes: readonly IncludeSyntax[];
	readonly docs?: string;
}

export interface PackageSyntax {
	/** `ns:name`, or null for a file without a package declaration. */
	readonly name: string | null;
	readonly version: string | null;
	readonly interfaces: Map<string, InterfaceSyntax>;
	readonly worlds: Map<string, WorldSyntax>;
	/** What `use path as name;` at the top level makes available. */
	readonly aliases: Map<string, Path>;
}
