import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const vendor = fileURLToPath(
	new URL('../node_modules/@bytecodealliance/jco-transpile/vendor/', import.meta.url),
);

/** Bytes of the WebAssembly of the transpiler with its printer, and of the printer alone, so that the page can say how much is still to come. */
export function toolBytes(): { readonly transpiler: number; readonly printer: number } {
	const files = readdirSync(vendor)
		.filter((name) => name.endsWith('.wasm'))
		.map((name) => ({ name, size: statSync(vendor + name).size }));
	const sum = (of: typeof files) => of.reduce((bytes, { size }) => bytes + size, 0);
	return { transpiler: sum(files), printer: sum(files.filter(({ name }) => name.startsWith('wasm-tools'))) };
}
