import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { HostImports } from '../types';

const wasiFolder = join(import.meta.dirname, '../../../scripts/wasi/wit');

/** The WIT of WASI 0.2, each package nested, so that one text holds a world and all it names. */
const wasiWit = (): string => readdirSync(wasiFolder).map(nestedPackage).join('\n');

function nestedPackage(folder: string): string {
	const text = readdirSync(join(wasiFolder, folder))
		.map((file) => readFileSync(join(wasiFolder, folder, file), 'utf8'))
		.join('\n');
	const header = /^package ([^;]+);/m;
	return `package ${header.exec(text)?.[1]} {\n${text.replaceAll(new RegExp(header, 'gm'), '')}\n}`;
}

/** A guest, ready to be instantiated as often as a test likes. */
export interface Guest {
	/** Import key to the names that generated code takes from it. */
	readonly imports: ReadonlyMap<string, readonly string[]>;
	instantiate(imports: HostImports): Promise<Record<string, (...args: never[]) => unknown>>;
}

/** Makes a component of a core module and a world, and generates its code, with nothing that could suspend it. */
export async function makeGuest(wit: string, core?: string): Promise<Guest> {
	const world = /\bworld ([\w-]+)/.exec(wit)?.[1] ?? '';
	const embedded = await componentEmbed({
		...(core === undefined ? { dummy: true } : { binary: await parse(core) }),
		witSource: `${wit}\n${wasiWit()}`,
		world,
	});
	const { files } = await transpileBytes(await componentNew(embedded), {
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
