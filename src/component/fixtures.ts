import { $init, generate } from '@bytecodealliance/jco-transpile/component';
import {
	componentEmbed,
	componentNew,
	componentWit,
	parse,
} from '@bytecodealliance/jco-transpile/wasm-tools';
import { concatBytes } from '../core/concat-bytes';
import { lebBytes } from './binary';
import type { TranspilerTools } from './transpile';

/** For tests: the transpiler's two programs as Node loads them. */
export async function nodeTools(): Promise<TranspilerTools> {
	await $init;
	return { generate, componentWit };
}

/** For tests: a component whose functions trap, made from WIT text with one world named `root-world`. */
export async function componentOfWit(witSource: string, world = 'root-world'): Promise<Uint8Array> {
	return componentNew(await componentEmbed({ witSource, dummy: true, world }), []);
}

/** For tests: a component or module made from WebAssembly's text format. */
export const binaryOfWat = async (wat: string): Promise<Uint8Array> => parse(wat);

/** For tests: the binary with a custom section at its end. */
export function withCustomSection(
	bytes: Uint8Array,
	name: string,
	content: Uint8Array,
): Uint8Array<ArrayBuffer> {
	const encoded = new TextEncoder().encode(name);
	const payload = concatBytes([lebBytes(encoded.length), encoded, content]);
	return concatBytes([bytes, Uint8Array.of(0), lebBytes(payload.length), payload]);
}
