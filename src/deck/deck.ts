import type { ActivityEntry } from '../core/activity';
import { defaultLimits, type CallSetup, type Limits } from '../core/call';
import type { FileTree } from '../core/files';
import type { Outlet } from '../core/outlet';
import { newestRelease } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { err, ok, type Result } from '../core/result';
import { emptyWorld, type World } from '../core/world';
import { ActivityLog } from './activity-log';
import { CompiledPolicies } from './compiled-policies';
import type { DeckComponent, DeckContents, LoadOptions, Notes } from './contents';
import type { DeckParts } from './deck-parts';
import { KnownSecrets } from './known-secrets';
import { Recorder, type Recording } from './recording';
import { SeenResponses, type SeenResponse } from './seen-responses';
import { SessionCall, type CallEnd } from './session-call';
import { Shelf, type FoundTool } from './shelf';

export type { ComponentSource, DeckComponent, DeckContents, LoadOptions, Notes } from './contents';

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
	find(tool: string): Result<FoundTool, string>;
	/** Runs a component's tool under its policy as it is now, in a fresh sandbox. Settles whatever happens. */
	call(tool: string, args: CallSetup['arguments'], options?: CallOptions): Promise<CallEnd>;
}

/** An empty deck under the newest release. */
export const createDeck = (parts: DeckParts): Deck => new SessionDeck(parts);

class SessionDeck implements Deck {
	engine: EngineId = newestRelease;
	world: World = emptyWorld;
	limits: Limits = defaultLimits;
	notes: Notes = {};

	readonly #parts: DeckParts;
	readonly #started: number;
	readonly #shelf = new Shelf();
	readonly #policies = new CompiledPolicies();
	readonly #log: ActivityLog;
	readonly #secrets = new KnownSecrets();
	readonly #seen = new SeenResponses();
	readonly #recorder = new Recorder();
	readonly #fetchLive: DeckParts['fetchLive'];
	readonly #running = new Set<AbortController>();
	readonly #listeners = new Set<() => void>();
	readonly #toolListeners = new Set<() => void>();
	#lastCallId = 0;

	constructor(parts: DeckParts) {
		this.#parts = parts;
		this.#started = parts.now();
		this.#log = new ActivityLog(this.#announce, parts.schedule);
		this.#fetchLive = this.#recorder.retaining(parts.fetchLive);
	}

	get components() {
		return this.#shelf.components;
	}

	get activity() {
		return this.#log.entries;
	}

	get outlet() {
		return this.#secrets.outlet;
	}

	get recording() {
		return this.#recorder.recording;
	}

	subscribe(listener: () => void) {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	onToolsChanged(listener: () => void) {
		this.#toolListeners.add(listener);
		return () => this.#toolListeners.delete(listener);
	}

	async prepare(bytes: Uint8Array, id: string, options: LoadOptions) {
		const { source, policy, provisional, onStep, signal } = options;
		const loaded = await this.#parts.loadComponent(bytes, { onStep, signal });
		if (!loaded.ok) return loaded;
		const revision = this.#shelf.nextRevision();
		return ok({ ...loaded.value, id, source, bytes, policy, provisional, revision });
	}

	async load(bytes: Uint8Array, id: string, options: LoadOptions) {
		const prepared = await this.prepare(bytes, id, options);
		if (!prepared.ok) return prepared;
		this.#shelf.place(prepared.value);
		this.#announceTools();
		return prepared;
	}

	replace({ components, engine, world, limits, notes, activity }: DeckContents) {
		for (const call of this.#running) call.abort();
		this.#recorder.clear();
		this.#shelf.components = components;
		this.engine = engine;
		this.#secrets.follow(this.world.variables, world.variables);
		this.world = world;
		this.limits = limits;
		this.notes = notes;
		// A session that comes back keeps its revisions: what its record says still holds.
		if (!activity) this.#revise((component) => ({ ...component }));
		this.#log.replace(activity ?? []);
		this.#seen.clear();
		this.#announceTools();
	}

	unload(id: string) {
		if (!this.#shelf.remove(id)) return false;
		this.#announceTools();
		return true;
	}

	setPolicy(id: string, policy: string | null) {
		this.#revise((component) =>
			component.id === id && component.policy !== policy
				? { ...component, policy, provisional: false }
				: component,
		);
	}

	setStandIns(id: string, standsIn: boolean) {
		this.#revise((component) =>
			component.id === id && (component.standsIn ?? false) !== standsIn
				? { ...component, standsIn }
				: component,
		);
	}

	setEngine(engine: EngineId) {
		if (engine === this.engine) return;
		this.engine = engine;
		this.#revise((component) => ({ ...component }));
		this.#announceTools();
	}

	setWorld(world: World) {
		this.#secrets.follow(this.world.variables, world.variables);
		this.world = world;
		this.#revise((component) => ({ ...component }));
	}

	setFiles(files: FileTree) {
		this.#putFiles(files);
		this.#announce();
	}

	setLimits(limits: Limits) {
		this.limits = limits;
		this.#recorder.restart();
		this.#announce();
	}

	setNotes(notes: Notes) {
		this.notes = notes;
		this.#announce();
	}

	clearActivity() {
		this.#log.clear();
		this.#seen.clear();
	}

	recordingOf(entryId: number) {
		return this.#seen.of(entryId);
	}

	find(tool: string) {
		return this.#shelf.find(tool);
	}

	async call(name: string, args: CallSetup['arguments'], options: CallOptions = {}): Promise<CallEnd> {
		const found = this.find(name);
		if (!found.ok) return err({ message: found.error });
		const session = this.#callSession();
		return new SessionCall(session, found.value, args, { ...options, callId: ++this.#lastCallId }).run();
	}

	#callSession() {
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- the getters below have a `this` of their own
		const deck = this;
		return {
			parts: this.#parts,
			log: this.#log,
			seen: this.#seen,
			recorder: this.#recorder,
			fetchLive: this.#fetchLive,
			started: this.#started,
			running: this.#running,
			engine: this.engine,
			limits: this.limits,
			get world() {
				return deck.world;
			},
			get outlet() {
				return deck.outlet;
			},
			grantsOf: (component: DeckComponent) => this.#policies.of(component, this.engine, this.world),
			putFiles: (files: FileTree) => this.#putFiles(files),
		};
	}

	/** The world changes, not what a policy says of it: revisions stand, compiled grants do not. */
	#putFiles(files: FileTree) {
		this.world = { ...this.world, files };
		this.#policies.forget();
	}

	#revise(changed: (component: DeckComponent) => DeckComponent) {
		this.#shelf.revise(changed);
		this.#recorder.restart();
		this.#announce();
	}

	#announce = () => this.#listeners.forEach((listener) => listener());

	#announceTools() {
		this.#recorder.restart();
		this.#announce();
		this.#toolListeners.forEach((listener) => listener());
	}
}
