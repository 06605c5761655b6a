import type { ActivityEntry } from '../core/activity';
import { defaultLimits, type CallSetup, type Limits } from '../core/call';
import type { FileTree } from '../core/files';
import type { Outlet } from '../core/outlet';
import { newestRelease } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { err, ok, type Result } from '../core/result';
import { emptyWorld, type World } from '../core/world';
import { componentProblem, notesProblem, policyProblem, worldProblem } from '../core/within-limits';
import { ActivityLog } from './activity-log';
import { CompiledPolicies } from './compiled-policies';
import { Beginnings } from './beginnings';
import type { Beginning, DeckComponent, DeckContents, LoadOptions, Notes, Revised } from './contents';
import type { DeckParts } from './deck-parts';
import { KnownSecrets } from './known-secrets';
import { Recorder, type Recording } from './recording';
import { SeenResponses, type SeenResponse } from './seen-responses';
import { SessionCall, type CallEnd } from './session-call';
import { Shelf, type FoundTool } from './shelf';

export type {
	Beginning,
	ComponentSource,
	DeckComponent,
	DeckContents,
	LoadOptions,
	Notes,
	Revised,
} from './contents';

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
	/** Replaces the whole session and its record at once. Calls in flight are stopped. `began` is when it was asked for, default now. */
	replace(contents: DeckContents, began?: Beginning): void;
	/** Puts back what was here before, at once: the session stays the same, calls go on, and the record is kept. */
	putBack(contents: Required<DeckContents>): void;
	unload(id: string): boolean;
	/** Setters refuse what is more than a session takes (`core/limits.ts`), keep what was there, and say why in a sentence. */
	setPolicy(id: string, text: string | null, goesBy?: DeckComponent['goesBy']): Result<void, string>;
	/** Lets plain default answers stand in for the imports of a component that nobody provides, or not. */
	setStandIns(id: string, standsIn: boolean): void;
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
	/** Runs a component's tool under its policy as it is now, in a fresh sandbox. Settles whatever happens. */
	call(tool: string, args: CallSetup['arguments'], options?: CallOptions): Promise<CallEnd>;
}

/** An empty deck under the newest release. */
export const createDeck = (parts: DeckParts): Deck => new SessionDeck(parts);

class SessionDeck implements Deck {
	engine: EngineId = newestRelease;
	limits: Limits = defaultLimits;
	notes: Notes = {};

	readonly #parts: DeckParts;
	readonly #started: number;
	readonly #beginnings = new Beginnings();
	readonly #shelf = new Shelf();
	readonly #policies = new CompiledPolicies();
	readonly #log: ActivityLog;
	readonly #secrets = new KnownSecrets();
	#world: World = emptyWorld;
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

	get world() {
		return this.#world;
	}

	/** Every way in which a world comes, an undo as well, brings its secrets. */
	set world(world: World) {
		this.#secrets.follow(this.#world.variables, world.variables);
		this.#world = world;
	}

	get outlet() {
		return this.#secrets.outlet;
	}

	get recording() {
		return this.#recorder.recording;
	}

	get session() {
		return this.#beginnings.session;
	}

	begin() {
		return this.#beginnings.begin();
	}

	isPresent(beginning: Beginning) {
		return this.#beginnings.isPresent(beginning);
	}

	mayReplace(beginning: Beginning) {
		return this.#beginnings.mayReplace(beginning);
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
		const others = this.components.filter((other) => !other.provisional && other.id !== id).length;
		const problem = componentProblem(id, others) ?? policyProblem(options.policy);
		if (problem !== null) return err(problem);
		const { began = this.begin(), world } = options;
		const prepared = await this.prepare(bytes, id, options);
		if (!prepared.ok) return prepared;
		if (!this.isPresent(began)) return err(sessionGone(id));
		if (!this.#beginnings.mayLand(id, began))
			return err(`A newer load of ${id} is there already, so this one was dropped.`);
		this.#beginnings.landed(id, began);
		options.onLand?.();
		this.#shelf.place(prepared.value);
		if (world) this.setWorld(world(this.world));
		this.#announceTools();
		return prepared;
	}

	replace(contents: DeckContents, began = this.begin()) {
		const { components, activity } = contents;
		this.#beginnings.replaced(began);
		for (const call of this.#running) call.abort();
		this.#recorder.clear();
		this.#shelf.components = components;
		this.#put(contents);
		// A session that comes back keeps its revisions: what its record says still holds.
		if (!activity) this.#reviseAll('policy');
		this.#policies.forget();
		this.#log.replace(activity ?? []);
		this.#seen.clear();
		this.#announceTools();
	}

	putBack(contents: Required<DeckContents>) {
		const revised = this.#revisedBy(contents);
		this.#put(contents);
		this.#shelf.putBack(contents.components, 'policy');
		if (revised) this.#shelf.reviseAll(revised);
		this.#policies.forget();
		this.#log.putBack(contents.activity);
		this.#announceTools();
	}

	unload(id: string) {
		if (!this.#shelf.remove(id)) return false;
		this.#announceTools();
		return true;
	}

	setPolicy(id: string, policy: string | null, goesBy?: DeckComponent['goesBy']): Result<void, string> {
		const problem = policyProblem(policy);
		if (problem !== null) return err(problem);
		this.#revise('policy', (component) =>
			component.id === id && (component.policy !== policy || component.goesBy !== goesBy)
				? { ...component, policy, goesBy, provisional: false, policyUntouched: false }
				: component,
		);
		return ok(undefined);
	}

	setStandIns(id: string, standsIn: boolean) {
		this.#revise('stand-ins', (component) =>
			component.id === id && (component.standsIn ?? false) !== standsIn
				? { ...component, standsIn }
				: component,
		);
	}

	setEngine(engine: EngineId) {
		if (engine === this.engine) return;
		this.engine = engine;
		this.#reviseAll('engine');
		this.#announceTools();
	}

	setWorld(world: World): Result<void, string> {
		const problem = worldProblem(world, this.world);
		if (problem !== null) return err(problem);
		const revised = this.#revisedBy({ world, engine: this.engine });
		this.world = world;
		this.#policies.forget();
		if (revised) this.#reviseAll(revised);
		else {
			this.#recorder.restart();
			this.#announce();
		}
		return ok(undefined);
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

	setNotes(notes: Notes): Result<void, string> {
		const problem = notesProblem(notes, this.notes);
		if (problem !== null) return err(problem);
		this.notes = notes;
		this.#announce();
		return ok(undefined);
	}

	clearActivity() {
		this.#log.clear();
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

	/** What of a world and an engine that are to come can change decisions, or null where nothing of them can. */
	#revisedBy({ world, engine }: Pick<DeckContents, 'world' | 'engine'>): Revised | null {
		if (engine !== this.engine) return 'engine';
		if (world.files !== this.world.files) return 'files';
		return world.variables === this.world.variables ? null : 'variables';
	}

	#put({ engine, world, limits, notes }: DeckContents) {
		this.engine = engine;
		this.world = world;
		this.limits = limits;
		this.notes = notes;
	}

	#reviseAll(revised: Revised) {
		this.#shelf.reviseAll(revised);
		this.#recorder.restart();
		this.#announce();
	}

	#revise(revised: Revised, changed: (component: DeckComponent) => DeckComponent) {
		this.#shelf.revise(revised, changed);
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

/** Why something that was under way when its session was replaced is not here. */
export const sessionGone = (what: string): string =>
	`The session that ${what} was on its way to was replaced meanwhile, so it was dropped. Ask for it again in this one.`;
