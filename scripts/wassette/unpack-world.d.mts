export declare function unpackFiles(root: string, files: Readonly<Record<string, unknown>>): void;
export declare function unpackComponents(
	root: string,
	components: Readonly<Record<string, Uint8Array>>,
	policies?: Readonly<Record<string, string>>,
): void;
