/** The content of the first custom section of that name, or null. */
export function customSection(bytes: Uint8Array, name: string): Uint8Array | null;
export function appendCustomSection(bytes: Uint8Array, name: string, content: Uint8Array): Uint8Array;
export function withoutCustomSection(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer>;
export function withoutExport(bytes: Uint8Array, name: string): Uint8Array;
export function renameImports(bytes: Uint8Array, from: string, to: string): Uint8Array;
