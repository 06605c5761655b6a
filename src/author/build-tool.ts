import { sha256Hex } from '../component/digest';
import type { Loader } from '../component/load-component';
import type { LoadedComponent, LoadStep } from '../component/program';
import { err, ok, type Result } from '../core/result';
import { parseWit, type WitWorld } from '../core/wit';
import { BuilderLine, type BuilderWorker } from './ask-builder';
import { newestEngine, type EngineKind } from './engines';
import { checkSource } from './check-source';
import { scriptProblem } from './script-problem';
import { preludeFor } from './prelude';
import { evaluate, type RunInSandbox } from './evaluate';
import type { BuildProblem } from './problem';

/** What a tool is made of. */
export interface ToolSource {
	readonly wit: string;
	readonly js: string;
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
	| LoadStep
	| 'running the top level'
	| 'taking the snapshot';

export interface BuildOptions {
	readonly onStep?: (step: BuildStep, detail?: { readonly received: number; readonly total: number } | string) => void;
	readonly signal?: AbortSignal;
	/** Milliseconds that the top level may take; default those of a call. */
	readonly callMs?: number;
}

export interface AuthorParts {
	/** Starts the worker of an engine. */
	readonly spawn: (engine: string) => BuilderWorker;
	readonly load: Loader['load'];
	readonly run: RunInSandbox;
}

export type Built = Result<BuiltTool, readonly BuildProblem[]>;

/** Makes components of sources. */
export interface Author {
	build(source: ToolSource, options?: BuildOptions): Promise<Built>;
}

/** What was linked last, ready to take scripts. */
interface Linked {
	readonly key: string;
	readonly generation: number;
	readonly kind: EngineKind;
	readonly world: WitWorld;
	readonly shim: string;
	readonly init: string;
	readonly component: Pick<LoadedComponent, 'program' | 'tools'>;
}

export function createAuthor({ spawn, load, run }: AuthorParts): Author {
	const lines = new Map<string, BuilderLine>();
	const linked = new Map<string, Linked>();

	function lineOf(engine: string): BuilderLine {
		let line = lines.get(engine);
		if (!line) lines.set(engine, (line = new BuilderLine(() => spawn(engine))));
		return line;
	}

	async function link(
		{ wit, engine = newestEngine.id }: ToolSource,
		imports: readonly string[],
		{ onStep, signal }: BuildOptions,
	): Promise<Result<Linked, BuildProblem>> {
		const line = lineOf(engine);
		const key = JSON.stringify([wit, imports]);
		const known = linked.get(engine);
		if (known?.key === key && known.generation === line.generation) return ok(known);
		const onFetch = (received: number, total: number) => onStep?.('fetching the builder', { received, total });
		onStep?.('reading the WIT');
		const described = await line.ask({ ask: 'describe', wit, imports }, { onFetch, signal });
		if (!described.ok) return described;
		const kind: EngineKind = described.value.kind;
		const world = parseWit(described.value.wit);
		if (!world.ok) return err({ in: 'wit', ...world.error });
		onStep?.('linking the engine');
		const made = await line.ask({ ask: 'link', wit, imports, kind }, { onFetch, signal });
		if (!made.ok) return made;
		const component = await load(made.value.bytes, { onStep, signal });
		if (!component.ok) return err({ in: null, message: component.error });
		const { shim, init } = made.value;
		const value = { key, generation: line.generation, kind, world: world.value, shim, init, component: component.value };
		linked.set(engine, value);
		return ok(value);
	}

	return {
		async build(source, options = {}) {
			const { onStep, signal, callMs } = options;
			const { engine = newestEngine.id } = source;
			const prelude = preludeFor(source.js);
			const ready = await link(source, prelude.imports, options);
			if (!ready.ok) return err([ready.error]);
			const { init, component, kind, world } = ready.value;
			const checked = await checkSource(source.js, world);
			if (!checked.ok) return checked;
			const shim = ready.value.shim + prelude.before(kind);
			onStep?.('running the top level');
			const script = `${checked.value.text}\n${checked.value.after}${prelude.after}\n`;
			const state = await evaluate({ ...component, shim, init, script, callMs }, run, signal);
			if (!state.ok) return err([scriptProblem(state.error.message)]);
			onStep?.('taking the snapshot');
			const made = await lineOf(engine).ask({ ask: 'snapshot', state: state.value }, { signal });
			if (!made.ok) return err([made.error]);
			const { bytes } = made.value;
			return ok({ bytes, sha256: await sha256Hex(bytes as Uint8Array<ArrayBuffer>) });
		},
	};
}
