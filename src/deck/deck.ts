import type { ActivityEntry } from '../core/activity';
import type { CallSetup, Limits, StreamPiece } from '../core/call';
import type { FileTree } from '../core/files';
import type { Outlet } from '../core/outlet';
import type { EngineId } from '../core/policy/types';
import type { Result } from '../core/result';
import type { World } from '../core/world';
import type {
	Beginning,
	ComponentSource,
	DeckComponent,
	DeckContents,
	DescribeOptions,
	LoadOptions,
	Notes,
	Signed,
} from './contents';
import type { Recording } from './recording';
import type { SeenResponse } from './live-responses';
import type { CallEnd } from './session-call';
import type { FoundTool } from './shelf';

export type {
	Beginning,
	ComponentSource,
	DeckComponent,
	DeckContents,
	DescribeOptions,
	LoadOptions,
	Notes,
	Provenance,
	Revised,
	Signed,
} from './contents';

export interface CallOptions {
	/** The arguments as they were written, by which it is judged whether they fit; default as they are. */
	readonly judged?: CallSetup['arguments'];
	readonly signal?: AbortSignal;
	/** Told while the call runs. */
	readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
	/** Told while the call runs how the streams of its result grow. */
	readonly onPiece?: (piece: StreamPiece) => void;
	readonly onStart?: (callId: number) => void;
	/** Who makes it, where it is no person and no script at this page; its row says so. */
	readonly by?: 'agent';
}

/** Why a call did not even start, in Wassette's words (without its `Error: `). */
export interface CallRefusal {
	readonly message: string;
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
	/** Another number for each session that takes the place of one. */
	readonly session: number;
	/** Something begins now that ends later: what it brings belongs to this session. */
	begin(): Beginning;
	/** Whether the session in which something began is still there. */
	isPresent(beginning: Beginning): boolean;
	/** Whether a session that was asked for then may still take the place of this one: none that was asked for later has. */
	mayReplace(beginning: Beginning): boolean;
	/** Told after any change of what stands above, and of a running call's state. */
	subscribe(listener: () => void): () => void;
	/** Told when the set of tools changed (load and unload). */
	onToolsChanged(listener: () => void): () => void;
	/**
	 * Replaces a component of the same id. It lands in the session that it was begun in, or nowhere, and not in the place of one that was begun later. The
	 * error says what the bytes are, or what is gone, and what to do next.
	 */
	load(bytes: Uint8Array, id: string, options: LoadOptions): Promise<Result<DeckComponent, string>>;
	/** Everything `load` does, save that the component does not enter the deck yet. */
	prepare(bytes: Uint8Array, id: string, options: LoadOptions): Promise<Result<DeckComponent, string>>;
	/** A component that is known by its source alone, not in the deck yet; its first call builds it. Runs nothing of it. */
	describe(
		source: ComponentSource,
		id: string,
		options: DescribeOptions,
	): Promise<Result<DeckComponent, string>>;
	/** Replaces the whole session and its record at once. Calls in flight are stopped. `began` is when it was asked for, default now. */
	replace(contents: DeckContents, began?: Beginning): void;
	/** Puts back what was here before, at once: the session stays the same, calls go on, and the record is kept. */
	putBack(contents: Required<DeckContents>): void;
	unload(id: string): boolean;
	/** Setters refuse what is more than a session takes (`core/limits.ts`), keep what was there, and say why in a sentence. */
	setPolicy(id: string, text: string | null, goesBy?: DeckComponent['goesBy']): Result<void, string>;
	/** Says who a component has to be signed by, or what says that it is. Changes no decision. */
	setSigned(id: string, signed: Signed): void;
	/** Lets plain default answers stand in for the imports of a component that nobody provides, or not. */
	setStandIns(id: string, standsIn: boolean): void;
	/** Has another component provide an import of one, or, with null, nobody. The error says why it cannot, as a sentence. */
	setLink(id: string, imported: string, provider: string | null): Result<void, string>;
	setEngine(engine: EngineId): void;
	setWorld(world: World): Result<void, string>;
	/** Puts files in the place of the world's, as calls change them: decisions on record stay current. */
	setFiles(files: FileTree): void;
	setLimits(limits: Limits): void;
	setNotes(notes: Notes): Result<void, string>;
	clearActivity(): void;
	/** What became of the live response of a host call in the record; null where there was none, or it is kept no longer. */
	recordingOf(entryId: number): SeenResponse | null;
	/** The component that serves a tool, or Wassette's error text for none or several. */
	find(tool: string): Result<FoundTool, string>;
	/** Lets the sandbox that is kept ready have the program of a tool that will most likely be called next. Runs nothing of it. */
	expectCall(tool: string): void;
	/** Runs a component's tool under its policy as it is now, in a fresh sandbox. Settles whatever happens. */
	call(tool: string, args: CallSetup['arguments'], options?: CallOptions): Promise<CallEnd>;
}

/** Why something that was under way when its session was replaced is not here. */
export const sessionGone = (what: string): string =>
	`The session that ${what} was on its way to was replaced meanwhile, so it was dropped. Ask for it again in this one.`;
