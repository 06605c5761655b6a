export interface ServeOptions {
	readonly subjects: readonly string[];
	readonly policies: readonly (readonly [id: string, file: string])[];
	readonly engine: string | null;
	readonly secrets: readonly (readonly [key: string, value: string])[];
	readonly folders: readonly { readonly host: string; readonly guest: string; readonly readOnly: boolean }[];
	readonly headed: boolean;
	/** A port, 0 for any; null for stdio. */
	readonly http: number | null;
	/** The era of the protocol that is spoken; null for either. */
	readonly era: 'legacy' | 'modern' | null;
	readonly tokenFile: string | null;
	readonly allowPrivate: readonly string[];
	readonly help: boolean;
}

export declare const usage: string;
export declare function parseArguments(
	words: readonly string[],
	environment?: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly options: ServeOptions } | { readonly ok: false; readonly error: string };
