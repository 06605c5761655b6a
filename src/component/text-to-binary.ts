import { err, ok, type Result } from '../core/result';
import { parseProblem } from './parse-problem';
import { worldMisfit } from './world-misfit';

/** The world that a core module is made into a component of. */
export interface TextWorld {
	/** The package of the world with all that it uses, as WIT. */
	readonly wit: string;
	/** Its name there. */
	readonly name: string;
}

/** What is needed of wasm-tools to make a binary of a text. */
export type TextTools = Pick<
	typeof import('@bytecodealliance/jco-transpile/wasm-tools'),
	'parse' | 'componentEmbed' | 'componentNew'
>;

/**
 * WebAssembly text as the binary that it stands for; with a world, a core module as the component of that world that it is the inside of. The
 * same text gives the same bytes. The error is a sentence, with line and column where they are known.
 */
export async function textToBinary(
	tools: TextTools,
	{ text, world }: { readonly text: string; readonly world?: TextWorld | undefined },
): Promise<Result<Uint8Array, string>> {
	let binary: Uint8Array;
	try {
		binary = await tools.parse(text);
	} catch (error) {
		return err(parseProblem(wordsOf(error)));
	}
	if (!world) return ok(binary);
	try {
		const embedded = await tools.componentEmbed({ binary, witSource: world.wit, world: world.name });
		return ok(await tools.componentNew(embedded, []));
	} catch (error) {
		return err(worldMisfit(text, wordsOf(error)));
	}
}

/** What wasm-tools says: its errors have their words in `payload`. */
export function wordsOf(error: unknown): string {
	const payload = error instanceof Error && 'payload' in error ? error.payload : undefined;
	return typeof payload === 'string' ? payload : error instanceof Error ? error.message : String(error);
}
