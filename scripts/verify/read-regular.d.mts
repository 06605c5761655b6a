export declare function readRegular(
	path: string,
	options: { readonly most: number; readonly below?: string },
): { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly error: string };
