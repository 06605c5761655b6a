import { binaryOf } from '../component/assemble';
import { sha256Hex } from '../component/digest';
import { inspect } from '../component/inspect';
import type { WatWorker } from '../component/print-wat';
import type { TextWorld } from '../component/text-to-binary';
import { err, ok } from '../core/result';
import type { BuildOptions, Built } from './build-tool';
import type { BuildProblem } from './problem';

interface TextBuildOptions extends BuildOptions {
	/** That of a core module. */
	readonly world: TextWorld | undefined;
	readonly spawn: (() => WatWorker) | undefined;
}

/** A component from its text. Nothing of it runs. */
export async function buildText(wat: string, { onStep, ...options }: TextBuildOptions): Promise<Built> {
	onStep?.('reading the text');
	const made = await binaryOf(new TextEncoder().encode(wat), options);
	if (!made.ok) return err([watProblem(made.error)]);
	const inspection = inspect(made.value);
	if (inspection.kind !== 'component') return err([{ in: 'source', message: inspection.message }]);
	return ok({ bytes: made.value, sha256: await sha256Hex(made.value) });
}

function watProblem(words: string): BuildProblem {
	const place = /line (\d+)(?:, column (\d+))?/.exec(words);
	return {
		in: 'source',
		message: words,
		...(place && { line: Number(place[1]), ...(place[2] && { column: Number(place[2]) }) }),
	};
}
