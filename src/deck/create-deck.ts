import { binaryOf } from '../component/assemble';
import { isWat } from '../component/is-wat';
import { defaultLimits, type CallSetup, type Limits } from '../core/call';
import type { FileTree } from '../core/files';
import { newestRelease } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { err, ok, type Result } from '../core/result';
import { componentProblem, notesProblem, policyProblem, worldProblem } from '../core/within-limits';
import { emptyWorld, type World } from '../core/world';
import { ActivityLog } from './activity-log';
import { buildSource, describeSource } from './authored';
import { Beginnings } from './beginnings';
import { CompiledPolicies } from './compiled-policies';
import { revisedBy, type Revised } from './contents';
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
import { sessionGone, type CallOptions, type Deck } from './deck';
import type { DeckParts } from './deck-parts';
import { KnownSecrets } from './known-secrets';
import { linkProblem } from './links';
import { LiveResponses } from './live-responses';
import { CallRecorder } from './recording';
import { boundedProgram } from './play-call';
import { SessionCall, type CallEnd } from './session-call';
import { Shelf } from './shelf';
import { signatureProblem } from './signature-problem';

/** An empty deck under the newest release. */
export const createDeck = (parts: DeckParts): Deck => new SessionDeck(parts);

/** A component in the place of another build of it keeps what provides its imports. */
function withLinksOf(before: DeckComponent | undefined, component: DeckComponent): DeckComponent {
	const kept = Object.entries(before?.links ?? {}).filter(([name]) => component.missing.includes(name));
	return kept.length > 0 ? { ...component, links: Object.fromEntries(kept) } : component;
}

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
	readonly #responses = new LiveResponses();
	readonly #recorder = new CallRecorder();
	readonly #running = new Set<AbortController>();
	readonly #listeners = new Set<() => void>();
	readonly #toolListeners = new Set<() => void>();
	#lastCallId = 0;

	constructor(parts: DeckParts) {
		this.#parts = parts;
		this.#started = parts.now();
		this.#log = new ActivityLog(this.#announce, parts.schedule);
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
		return { ...this.#recorder.recording, met: this.#responses.met };
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
		// A text is kept as what it stands for: all that reads a component's bytes then finds a binary.
		const binary = isWat(bytes) ? await binaryOf(bytes, { signal }) : ok(bytes);
		if (!binary.ok) return binary;
		const { signer, provenance } = options;
		const asked = signatureProblem(binary.value, options);
		const problem = asked && (await asked);
		if (problem !== null) {
			options.onRefused?.();
			return err(problem);
		}
		const loaded = await this.#parts.loadComponent(binary.value, { onStep, signal });
		if (!loaded.ok) return loaded;
		const revision = this.#shelf.nextRevision();
		const attached = { source, policy, provisional, revision, signer, provenance };
		return ok({ ...loaded.value, id, bytes: binary.value, ...attached });
	}

	async describe(
		source: ComponentSource,
		id: string,
		options: DescribeOptions,
	): Promise<Result<DeckComponent, string>> {
		const described = await describeSource(source, this.#parts);
		if (!described.ok) return described;
		const { policy, sha256 = '', provisional } = options;
		const revision = this.#shelf.nextRevision();
		return ok({ ...described.value, id, source, sha256, policy, provisional, revision });
	}

	/** Builds a component of its source, and puts it in the place of what stood for it. */
	async #build(component: DeckComponent, signal: AbortSignal | undefined): Promise<Result<void, string>> {
		const { id, source } = component;
		const session = this.session;
		const { callMs } = this.limits;
		const built = await buildSource(component, this.#parts, { signal, callMs });
		if (!built.ok) return built;
		const there = this.components.find((other) => other.id === id);
		if (this.session !== session || !there || there.source !== source) return err(sessionGone(id));
		if (there.unbuilt) {
			this.#shelf.place({ ...there, ...built.value, unbuilt: undefined });
			this.#announceTools();
		}
		return ok(undefined);
	}

	async load(bytes: Uint8Array, id: string, options: LoadOptions) {
		const others = this.components.filter((other) => !other.provisional && other.id !== id).length;
		const problem = componentProblem(id, others) ?? policyProblem(options.policy);
		if (problem !== null) return err(problem);
		const { began = this.begin(), world } = options;
		const signer = options.signer ?? this.components.find((other) => other.id === id)?.signer;
		const prepared = await this.prepare(bytes, id, { ...options, signer });
		if (!prepared.ok) return prepared;
		if (!this.isPresent(began)) return err(sessionGone(id));
		if (!this.#beginnings.mayLand(id, began))
			return err(`A newer load of ${id} is there already, so this one was dropped.`);
		this.#beginnings.landed(id, began);
		options.onLand?.();
		this.#shelf.place(
			withLinksOf(
				this.components.find((other) => other.id === id),
				prepared.value,
			),
		);
		if (world) this.setWorld(world(this.world));
		this.#announceTools();
		return prepared;
	}

	replace(contents: DeckContents, began = this.begin()) {
		const { components, activity } = contents;
		this.#beginnings.replaced(began);
		for (const call of this.#running) call.abort();
		this.#recorder.restart();
		this.#shelf.components = components;
		this.#put(contents);
		// A session that comes back keeps its revisions: what its record says still holds.
		if (!activity) this.#reviseAll('policy');
		this.#policies.forget();
		this.#log.replace(activity ?? []);
		this.#responses.clear();
		this.#announceTools();
	}

	putBack(contents: Required<DeckContents>) {
		const revised = revisedBy(this, contents);
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

	setSigned(id: string, signed: Signed) {
		this.#shelf.replace(id, signed);
		this.#announce();
	}

	setStandIns(id: string, standsIn: boolean) {
		this.#revise('stand-ins', (component) =>
			component.id === id && (component.standsIn ?? false) !== standsIn
				? { ...component, standsIn }
				: component,
		);
	}

	setLink(id: string, imported: string, provider: string | null): Result<void, string> {
		const component = this.components.find((other) => other.id === id);
		if (!component) return err(`No component ${id} is loaded.`);
		const problem = provider === null ? null : linkProblem(component, imported, provider, this.components);
		if (problem !== null) return err(problem);
		const others = Object.entries(component.links ?? {}).filter(([name]) => name !== imported);
		const next = provider === null ? others : [...others, [imported, provider] as const];
		const links = next.length > 0 ? Object.fromEntries(next) : undefined;
		this.#revise('links', (other) => (other.id === id ? { ...other, links } : other));
		return ok(undefined);
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
		const revised = revisedBy(this, { world, engine: this.engine });
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
		const { calls, flows } = this.notes;
		this.notes = notes;
		// A flow is a tool, and its steps say what it asks for.
		const changed = notes.flows !== flows || ((flows ?? []).length > 0 && notes.calls !== calls);
		if (changed) this.#toolListeners.forEach((listener) => listener());
		this.#announce();
		return ok(undefined);
	}

	clearActivity() {
		this.#log.clear();
	}

	recordingOf(entryId: number) {
		return this.#responses.of(entryId);
	}

	find(tool: string) {
		return this.#shelf.find(tool);
	}

	expectCall(tool: string) {
		const found = this.find(tool);
		if (!found.ok || found.value.component.unbuilt || !this.#parts.prepare) return;
		const { component } = found.value;
		const grants = this.#policies.of(component, this.engine, this.world);
		const bounded = grants.ok && boundedProgram(component, grants.value, this.limits);
		if (bounded && bounded.ok) this.#parts.prepare(bounded.value.program);
	}

	async call(name: string, args: CallSetup['arguments'], options: CallOptions = {}): Promise<CallEnd> {
		let found = this.find(name);
		if (found.ok && found.value.component.unbuilt) {
			const built = await this.#build(found.value.component, options.signal);
			if (!built.ok) return err({ message: built.error });
			found = this.find(name);
		}
		if (!found.ok) return err({ message: found.error });
		const session = this.#callSession();
		return new SessionCall(session, found.value, args, { ...options, callId: ++this.#lastCallId }).run();
	}

	#callSession() {
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- the getters below have a `this` of their own
		const deck = this;
		return {
			parts: this.#parts,
			components: this.components,
			log: this.#log,
			responses: this.#responses,
			recorder: this.#recorder,
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
