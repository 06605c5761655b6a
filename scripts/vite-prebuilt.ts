import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Plugin } from 'vite';
import index from '../static-components/index.json' with { type: 'json' };
import { readPrebuilt, writePrebuilt } from '../src/component/prebuilt-file';
import { prebuiltPath } from '../src/component/prebuilt-path';
import { transpile, type TranspilerTools } from '../src/component/transpile';
import { shortCode } from './short-code';

const samples = join(dirname(dirname(fileURLToPath(import.meta.url))), 'static-components');

/**
 * Puts beside each sample what the transpiler makes of it, one file for each mode, so that a sample runs before the transpiler has come. In
 * development there are none, and the page transpiles samples as it does everything else.
 */
export function prebuiltSamples(): Plugin {
	return {
		name: 'tapedeck:prebuilt-samples',
		apply: 'build',
		generateBundle: {
			order: 'post',
			async handler(_options, bundle) {
				const workers = Object.keys(bundle).filter((name) => /^assets\/worker-[^/]+\.js$/.test(name));
				if (workers.length !== 1)
					throw new Error(`There is not one transpiler in the site: ${workers.join(', ') || 'none'}`);
				const transpiler = basename(workers[0]!);
				const tools = loadTools();
				for (const { name } of index) {
					const bytes = new Uint8Array(readFileSync(join(samples, name, `${name}.wasm`)));
					const sha256 = createHash('sha256').update(bytes).digest('hex');
					for (const mode of ['jspi', 'sync'] as const) {
						const made = await transpile(bytes, { mode, tools: () => tools });
						if (!made.ok) throw new Error(`The sample ${name} could not be transpiled. ${made.error}`);
						const key = { transpiler, sha256, mode };
						const { program } = made.value;
						const short = { ...made.value, program: { ...program, source: await shortCode(program.source) } };
						const source = JSON.stringify(writePrebuilt(short, bytes, key));
						if (!isDeepStrictEqual(readPrebuilt(JSON.parse(source), bytes, key), plain(short)))
							throw new Error(`What was made of the sample ${name} does not survive being written down.`);
						this.emitFile({ type: 'asset', fileName: prebuiltPath(key), source });
					}
				}
			},
		},
	};
}

/** Without the fields that are there but undefined: JSON has none, and nothing tells the two apart. */
const plain = (made: object): unknown =>
	Object.fromEntries(
		Object.entries(made).map(([name, value]) => [
			name,
			name === 'program' ? value : JSON.parse(JSON.stringify(value)),
		]),
	);

async function loadTools(): Promise<TranspilerTools> {
	const [{ $init, generate }, { componentWit }] = await Promise.all([
		import('@bytecodealliance/jco-transpile/component'),
		import('@bytecodealliance/jco-transpile/wasm-tools'),
	]);
	await $init;
	return { generate, componentWit };
}
