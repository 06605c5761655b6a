import type { ActivityEntry } from '../core/activity';
import type { CallReport, Limits } from '../core/call';
import type { EngineId } from '../core/policy/types';
import type { Result } from '../core/result';
import type { Json, Tool } from '../core/wit/types';
import type { Scenario } from '../core/scenario';
import type { Outlet } from '../core/outlet';
import type { World } from '../core/world';
import type { LoadedComponent, LoadStep } from '../component/program';
import type { SeenResponse } from './seen-responses';
import type { FileTree } from '../core/files';
import type { Recording } from './recording';

/** Where a component's bytes came from, as a scenario names it. */
export type ComponentSource = Scenario['components'][number]['source'];

/** A component in the deck, with the policy attached to it. Replaced, never mutated. */
export interface DeckComponent extends LoadedComponent {
	readonly source: ComponentSource;
	/** The bytes as they came, for bundles and digests. */
	readonly bytes: Uint8Array;
	/** Verbatim YAML; null is a component with no policy attached. */
	readonly policy: string | null;
	/** It is only there to have something to show: it makes room for the first component that a person loads, unless its policy was edited. */
	readonly provisional?: boolean;
	/** Imports that nobody provides get plain default answers; without it, calls of a component with such imports fail. */
	readonly standsIn?: boolean;
	/** Rises with every change that can change a decision: policy text, engine, world. */
	readonly revision: number;
}

export interface LoadOptions {
	readonly source: ComponentSource;
	readonly policy: string | null;
	readonly provisional?: boolean;
	readonly onStep?: (step: LoadStep, detail?: string) => void;
	readonly signal?: AbortSignal;
}

export interface CallOptions {
	readonly signal?: AbortSignal;
	/** Told while the call runs. */
	readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
	readonly onStart?: (callId: number) => void;
}

/** Why a call did not even start, in Wassette's words (without its `Error: `). */
export interface CallRefusal {
	readonly message: string;
}

/** What a session carries beside what decides: words about it, saved calls, and what-if rows. */
export type Notes = Pick<Scenario, 'title' | 'description' | 'calls' | 'expectations'>;

/** All of a session, for replacing it at once. */
export interface DeckContents {
	readonly components: readonly DeckComponent[];
	readonly engine: EngineId;
	readonly world: World;
	readonly limits: Limits;
	readonly notes: Notes;
	/** The record that goes with it, where a session that was put aside comes back; default none. What it holds stays up to date with its components. */
	readonly activity?: readonly ActivityEntry[];
}

/**
 * The deck: components, their policies, the world and the engine of a session, and the record of what happened. Everything that the
 * page, the MCP server and `window.tapedeck` do goes through it, so that they cannot disagree.
 */
export interface Deck {
	readonly components: readonly DeckComponent[];
	readonly engine: EngineId;
	readonly world: World;
	readonly limits: Limits;
	readonly notes: Notes;
	/** The way out for everything of this session: what leaves the page goes through it, and leaves secrets behind. */
	readonly outlet: Outlet;
	/** The record so far; a new array for each batch that arrives. */
	readonly activity: readonly ActivityEntry[];
	/** What is remembered of the calls so far, so that they can be repeated. */
	readonly recording: Recording;
	/** Told after any change of what stands above, and of a running call's state. */
	subscribe(listener: () => void): () => void;
	/** Told when the set of tools changed (load and unload). */
	onToolsChanged(listener: () => void): () => void;
	/** Replaces a component of the same id. The error says what the bytes are and what to do next. */
	load(bytes: Uint8Array, id: string, options: LoadOptions): Promise<Result<DeckComponent, string>>;
	/** Everything `load` does, save that the component does not enter the deck yet. */
	prepare(bytes: Uint8Array, id: string, options: LoadOptions): Promise<Result<DeckComponent, string>>;
	/** Replaces the whole session and its record at once. Calls in flight are stopped. */
	replace(contents: DeckContents): void;
	unload(id: string): boolean;
	setPolicy(id: string, text: string | null): void;
	/** Lets plain default answers stand in for the imports of a component that nobody provides, or not. */
	setStandIns(id: string, standsIn: boolean): void;
	setEngine(engine: EngineId): void;
	setWorld(world: World): void;
	/** Puts files in the place of the world's, as calls change them: decisions on record stay current. */
	setFiles(files: FileTree): void;
	setLimits(limits: Limits): void;
	setNotes(notes: Notes): void;
	clearActivity(): void;
	/** What became of the live response of a host call in the record; null where there was none, or it is kept no longer. */
	recordingOf(entryId: number): SeenResponse | null;
	/** The component that serves a tool, or Wassette's error text for none or several. */
	find(tool: string): Result<{ readonly component: DeckComponent; readonly tool: Tool }, string>;
	/** Runs a component's tool under its policy as it is now, in a fresh sandbox. Settles whatever happens. */
	call(
		tool: string,
		args: { readonly [name: string]: Json },
		options?: CallOptions,
	): Promise<Result<CallReport & { readonly callId: number }, CallRefusal>>;
}
