import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { withoutCustomSection } from '../../../scripts/components/sections.mjs';
import type { HostImports } from '../types';

/** A guest, ready to be instantiated as often as a test likes. */
export interface Guest {
	/** Import key to the names that generated code takes from it. */
	readonly imports: ReadonlyMap<string, readonly string[]>;
	instantiate(imports: HostImports): Promise<Record<string, (...args: never[]) => unknown>>;
}

const componentsFolder = join(import.meta.dirname, '../../../e2e/components');

/** Generates the code of a component of the tests, with nothing that could suspend it. */
export async function readGuest(component: string): Promise<Guest> {
	const bytes = readFileSync(join(componentsFolder, component, `${component}.wasm`));
	// The transpiler cannot read a component that carries this section.
	const { files } = await transpileBytes(withoutCustomSection(new Uint8Array(bytes), 'package-docs'), {
		name: 'guest',
		instantiation: 'async',
		wasiShim: false,
		emitTypescriptDeclarations: false,
		outDir: '',
	});
	const source = new TextDecoder().decode(files['guest.js']);
	const program = (await import(
		/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
	)) as {
		instantiate(
			getCoreModule: (name: string) => Promise<WebAssembly.Module>,
			imports: HostImports,
		): ReturnType<Guest['instantiate']>;
	};
	const taken = source.matchAll(/const \{ ([^}]*) \} = imports\['([^']+)'\]/g);
	return {
		imports: new Map(
			Array.from(taken, ([, names = '', key = '']) => [
				key,
				names.split(', ').map((name) => name.split(':')[0] ?? ''),
			]),
		),
		instantiate: (imports) =>
			program.instantiate((name) => WebAssembly.compile(files[name] as Uint8Array<ArrayBuffer>), imports),
	};
}
