import type { WatWorker } from '../component/print-wat';
import { isModuleText } from '../component/is-wat';
import type { TextWorld } from '../component/text-to-binary';
import { sha256Hex } from '../component/digest';
import type { Loader } from '../component/load-component';
import type { LoadMode } from '../component/load-mode';
import type { LoadedComponent, LoadStep } from '../component/program';
import { err, ok, type Result } from '../core/result';
import { parseWit, toolsOf, type WitWorld } from '../core/wit';
import type { Tool } from '../core/wit/types';
import { BuilderLine, type BuilderWorker } from './ask-builder';
import { authorEngine, newestEngine, type EngineKind } from './engines';
import { buildText } from './build-text';
import { checkSource } from './check-source';
import { eraseTypes } from './erase-types';
import { scriptProblem } from './script-problem';
import { preludeFor } from './prelude';
import { refuseWaiting } from './refuse-waiting';
import { refuseWorld } from './refuse-world';
import { evaluateScript, type RunInSandbox } from './evaluate';
import type { BuildProblem } from './problem';

/** What a tool is made of. */
export interface ToolSource {
	readonly wit: string;
	/** JavaScript or TypeScript. */
	readonly js?: string;
	/** WebAssembly text in the place of `js`: a component, or a core module, which is made into one of the WIT's world. */
	readonly wat?: string;
	/** The engine to build with; default the newest. */
	readonly engine?: string;
}

export interface BuiltTool {
	readonly bytes: Uint8Array;
	readonly sha256: string;
}

/** The steps of a build, in order, as a person is told them. */
export type BuildStep =
	| 'fetching the builder'
	| 'reading the WIT'
	| 'linking the engine'
	| 'reading the text'
	| LoadStep
	| 'running the top level'
	| 'taking the snapshot';

export interface BuildOptions {
	readonly onStep?: (
		step: BuildStep,
		detail?: { readonly received: number; readonly total: number } | string,
	) => void;
	readonly signal?: AbortSignal;
	/** Milliseconds that the top level may take; default those of a call. */
	readonly callMs?: number;
}

export interface AuthorParts {
	/** Starts the worker of an engine. */
	readonly spawn: (engine: string) => BuilderWorker;
	readonly load: Loader['load'];
	readonly run: RunInSandbox;
	/** Of the browser. */
	readonly mode: LoadMode;
	/** Starts the worker that reads WebAssembly text. */
	readonly spawnReader?: () => WatWorker;
}

export type Built = Result<BuiltTool, readonly BuildProblem[]>;

/** Makes components of sources. */
export interface Author {
	build(source: ToolSource, options?: BuildOptions): Promise<Built>;
	/** What a source's world is, without running anything of it. */
	describe(
		source: Pick<ToolSource, 'wit' | 'engine'>,
		options?: BuildOptions & { readonly imports?: readonly string[] },
	): Promise<Described>;
}

export type Described = Result<DescribedTool, BuildProblem>;

/** What is known of a tool by its WIT. */
export interface DescribedTool {
	readonly tools: readonly Tool[];
	/** The package of its world, with all that it uses, as text. */
	readonly wit: string;
	readonly world: WitWorld;
	readonly kind: EngineKind;
	/** Why this browser neither builds nor runs it; null where it does. */
	readonly unbuildable: BuildProblem | null;
}

/** What was linked last, ready to take scripts. */
interface Linked {
	readonly key: string;
	readonly generation: number;
	readonly kind: EngineKind;
	readonly world: WitWorld;
	readonly shim: string;
	readonly init: string;
	readonly component: Pick<LoadedComponent, 'program' | 'tools' | 'standIns'>;
}

/** Makes components of sources. Each engine has a worker of its own, and keeps what it linked last. */
export const createAuthor = (parts: AuthorParts): Author => new EngineAuthor(parts);

class EngineAuthor implements Author {
	readonly #parts: AuthorParts;
	readonly #lines = new Map<string, BuilderLine>();
	readonly #linked = new Map<string, Linked>();

	constructor(parts: AuthorParts) {
		this.#parts = parts;
	}

	#lineOf(engine: string): BuilderLine {
		let line = this.#lines.get(engine);
		if (!line) this.#lines.set(engine, (line = new BuilderLine(() => this.#parts.spawn(engine))));
		return line;
	}

	describe(
		source: Pick<ToolSource, 'wit' | 'engine'>,
		options: BuildOptions & { readonly imports?: readonly string[] } = {},
	): Promise<Described> {
		return this.#describe(source, options.imports ?? [], options);
	}

	async build(source: ToolSource, options: BuildOptions = {}): Promise<Built> {
		const { onStep, signal, callMs } = options;
		const { engine = newestEngine.id, wat } = source;
		if (wat !== undefined) {
			const world = isModuleText(wat) ? await this.#worldOfModule(source, options) : ok(undefined);
			return world.ok
				? buildText(wat, { ...options, world: world.value, spawn: this.#parts.spawnReader })
				: err([world.error]);
		}
		const erased = eraseTypes(source.js ?? '');
		if (!erased.ok) return err([erased.error]);
		const js = erased.value;
		const known = authorEngine(engine);
		if (!known) return err([noEngine(engine)]);
		const prelude = preludeFor(js, known);
		const ready = await this.#link(source, prelude.imports, options);
		if (!ready.ok) return err([ready.error]);
		const { init, component, kind, world } = ready.value;
		const checked = await checkSource(js, world, { kind, checksExports: known.checksExports });
		if (!checked.ok) return checked;
		const shim = ready.value.shim + prelude.before(kind);
		onStep?.('running the top level');
		const script = `${checked.value.text}\n${checked.value.after}${prelude.after}\n`;
		const state = await evaluateScript({ ...component, shim, init, script, callMs }, this.#parts.run, signal);
		if (!state.ok) return err([scriptProblem(state.error, js)]);
		onStep?.('taking the snapshot');
		const made = await this.#lineOf(engine).ask({ ask: 'snapshot', state: state.value }, { signal });
		if (!made.ok) return err([made.error]);
		const { bytes } = made.value;
		return ok({ bytes, sha256: await sha256Hex(bytes as Uint8Array<ArrayBuffer>) });
	}

	async #describe(
		{ wit, engine = newestEngine.id }: Pick<ToolSource, 'wit' | 'engine'>,
		imports: readonly string[],
		{ onStep, signal }: BuildOptions,
	): Promise<Described> {
		if (!authorEngine(engine)) return err(noEngine(engine));
		onStep?.('reading the WIT');
		const onFetch = (received: number, total: number) =>
			onStep?.('fetching the builder', { received, total });
		const found = await this.#lineOf(engine).ask({ ask: 'describe', wit, imports }, { onFetch, signal });
		if (!found.ok) return found;
		const world = parseWit(found.value.wit);
		if (!world.ok) return err({ in: 'wit', ...world.error });
		const unfit = refuseWorld(wit, world.value);
		if (unfit) return err(unfit);
		const functions = world.value.exports.flatMap((item) => item.functions);
		const { kind } = found.value;
		const unbuildable = refuseWaiting(wit, kind, this.#parts.mode);
		return ok({ ...found.value, world: world.value, tools: toolsOf(functions), unbuildable });
	}

	async #link(
		{ wit, engine = newestEngine.id }: Pick<ToolSource, 'wit' | 'engine'>,
		imports: readonly string[],
		{ onStep, signal }: BuildOptions,
	): Promise<Result<Linked, BuildProblem>> {
		const line = this.#lineOf(engine);
		const key = JSON.stringify([wit, imports]);
		const known = this.#linked.get(engine);
		if (known?.key === key && known.generation === line.generation) return ok(known);
		const onFetch = (received: number, total: number) =>
			onStep?.('fetching the builder', { received, total });
		const described = await this.#describe({ wit, engine }, imports, { onStep, signal });
		if (!described.ok) return described;
		const { kind, world, unbuildable } = described.value;
		if (unbuildable) return err(unbuildable);
		onStep?.('linking the engine');
		const made = await line.ask({ ask: 'link', wit, imports, kind }, { onFetch, signal });
		if (!made.ok) return made;
		const component = await this.#parts.load(made.value.bytes, { onStep, signal });
		if (!component.ok) return err({ in: null, message: component.error });
		const { shim, init } = made.value;
		const value = { key, generation: line.generation, kind, world, shim, init, component: component.value };
		this.#linked.set(engine, value);
		return ok(value);
	}

	/** Of the WIT beside a core module. */
	async #worldOfModule(source: ToolSource, options: BuildOptions): Promise<Result<TextWorld, BuildProblem>> {
		const described = await this.#describe(source, [], options);
		if (!described.ok) return described;
		const { wit, world, unbuildable } = described.value;
		return unbuildable ? err(unbuildable) : ok({ wit, name: world.name });
	}
}

const noEngine = (engine: string): BuildProblem => ({
	in: null,
	message: `This page has no engine ${engine} to build it with. Open it in a newer page.`,
});
