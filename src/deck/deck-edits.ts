import { defaultLimits, type Limits } from '../core/call';
import type { FileTree } from '../core/files';
import { newestRelease } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { err, ok, type Result } from '../core/result';
import { notesProblem, policyProblem, worldProblem } from '../core/within-limits';
import { emptyWorld, type World } from '../core/world';
import { ActivityLog } from './activity-log';
import { Beginnings } from './beginnings';
import { CompiledPolicies } from './compiled-policies';
import { revisedBy, type Revised } from './contents';
import type { Beginning, DeckComponent, DeckContents, Notes, Signed } from './contents';
import type { DeckParts } from './deck-parts';
import { KnownSecrets } from './known-secrets';
import { withLink } from './links';
import { LiveResponses } from './live-responses';
import { CallRecorder } from './recording';
import { Shelf } from './shelf';

/** The parts of a session, and every change of them: each tells those who listen, and what it makes stale is forgotten. */
export abstract class DeckEdits {
	engine: EngineId = newestRelease;
	limits: Limits = defaultLimits;
	notes: Notes = {};

	protected readonly beginnings = new Beginnings();
	protected readonly shelf = new Shelf();
	protected readonly policies = new CompiledPolicies();
	protected readonly log: ActivityLog;
	readonly #secrets = new KnownSecrets();
	#world: World = emptyWorld;
	protected readonly responses = new LiveResponses();
	protected readonly recorder = new CallRecorder();
	protected readonly running = new Set<AbortController>();
	readonly #listeners = new Set<() => void>();
	readonly #toolListeners = new Set<() => void>();

	constructor({ schedule }: Pick<DeckParts, 'schedule'>) {
		this.log = new ActivityLog(this.#announce, schedule);
	}

	get components() {
		return this.shelf.components;
	}

	get activity() {
		return this.log.entries;
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
		return { ...this.recorder.recording, met: this.responses.met };
	}

	get session() {
		return this.beginnings.session;
	}

	begin() {
		return this.beginnings.begin();
	}

	isPresent(beginning: Beginning) {
		return this.beginnings.isPresent(beginning);
	}

	mayReplace(beginning: Beginning) {
		return this.beginnings.mayReplace(beginning);
	}

	subscribe(listener: () => void) {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	onToolsChanged(listener: () => void) {
		this.#toolListeners.add(listener);
		return () => this.#toolListeners.delete(listener);
	}

	replace(contents: DeckContents, began = this.begin()) {
		const { components, activity } = contents;
		this.beginnings.replaced(began);
		for (const call of this.running) call.abort();
		this.recorder.restart();
		this.shelf.components = components;
		this.#put(contents);
		// A session that comes back keeps its revisions: what its record says still holds.
		if (!activity) this.#reviseAll('policy');
		this.policies.forget();
		this.log.replace(activity ?? []);
		this.responses.clear();
		this.announceTools();
	}

	putBack(contents: Required<DeckContents>) {
		const revised = revisedBy(this, contents);
		this.#put(contents);
		this.shelf.putBack(contents.components, 'policy');
		if (revised) this.shelf.reviseAll(revised);
		this.policies.forget();
		this.log.putBack(contents.activity);
		this.announceTools();
	}

	unload(id: string) {
		if (!this.shelf.remove(id)) return false;
		this.announceTools();
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
		this.shelf.replace(id, signed);
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
		const linked = withLink(this.components, id, imported, provider);
		if (!linked.ok) return linked;
		this.#revise('links', (other) => (other.id === id ? { ...other, links: linked.value } : other));
		return ok(undefined);
	}

	setEngine(engine: EngineId) {
		if (engine === this.engine) return;
		this.engine = engine;
		this.#reviseAll('engine');
		this.announceTools();
	}

	setWorld(world: World): Result<void, string> {
		const problem = worldProblem(world, this.world);
		if (problem !== null) return err(problem);
		const revised = revisedBy(this, { world, engine: this.engine });
		this.world = world;
		this.policies.forget();
		if (revised) this.#reviseAll(revised);
		else {
			this.recorder.restart();
			this.#announce();
		}
		return ok(undefined);
	}

	setFiles(files: FileTree) {
		this.putFiles(files);
		this.#announce();
	}

	setLimits(limits: Limits) {
		this.limits = limits;
		this.recorder.restart();
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
		this.log.clear();
	}

	recordingOf(entryId: number) {
		return this.responses.of(entryId);
	}

	find(tool: string) {
		return this.shelf.find(tool);
	}

	/** The world changes, not what a policy says of it: revisions stand, compiled grants do not. */
	protected putFiles(files: FileTree) {
		this.world = { ...this.world, files };
		this.policies.forget();
	}

	#put({ engine, world, limits, notes }: DeckContents) {
		this.engine = engine;
		this.world = world;
		this.limits = limits;
		this.notes = notes;
	}

	#reviseAll(revised: Revised) {
		this.shelf.reviseAll(revised);
		this.recorder.restart();
		this.#announce();
	}

	#revise(revised: Revised, changed: (component: DeckComponent) => DeckComponent) {
		this.shelf.revise(revised, changed);
		this.recorder.restart();
		this.#announce();
	}

	#announce = () => this.#listeners.forEach((listener) => listener());

	protected announceTools() {
		this.recorder.restart();
		this.#announce();
		this.#toolListeners.forEach((listener) => listener());
	}
}
