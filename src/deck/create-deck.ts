import type { CallSetup } from '../core/call';
import type { FileTree } from '../core/files';
import { err, ok, type Result } from '../core/result';
import { componentProblem, policyProblem } from '../core/within-limits';
import { buildSource } from './authored';
import type { ComponentSource, DeckComponent, DescribeOptions, LoadOptions } from './contents';
import { sessionGone, type CallOptions, type Deck } from './deck';
import type { DeckParts } from './deck-parts';
import { withLinksOf } from './links';
import { boundedProgram } from './play-call';
import { SessionCall, type CallEnd } from './session-call';
import { DeckEdits } from './deck-edits';
import { describeComponent, prepareComponent, type ComponentMaking } from './prepare-component';

/** An empty deck under the newest release. */
export const createDeck = (parts: DeckParts): Deck => new SessionDeck(parts);

class SessionDeck extends DeckEdits implements Deck {
	readonly #parts: DeckParts;
	readonly #making: ComponentMaking;
	readonly #started: number;
	#lastCallId = 0;

	constructor(parts: DeckParts) {
		super(parts);
		this.#parts = parts;
		this.#making = { ...parts, nextRevision: () => this.shelf.nextRevision() };
		this.#started = parts.now();
	}

	prepare(bytes: Uint8Array, id: string, options: LoadOptions) {
		return prepareComponent(bytes, id, options, this.#making);
	}

	describe(source: ComponentSource, id: string, options: DescribeOptions) {
		return describeComponent(source, id, options, this.#making);
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
			this.shelf.place({ ...there, ...built.value, unbuilt: undefined });
			this.announceTools();
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
		if (!this.beginnings.mayLand(id, began))
			return err(`A newer load of ${id} is there already, so this one was dropped.`);
		this.beginnings.landed(id, began);
		options.onLand?.();
		this.shelf.place(
			withLinksOf(
				this.components.find((other) => other.id === id),
				prepared.value,
			),
		);
		if (world) this.setWorld(world(this.world));
		this.announceTools();
		return prepared;
	}

	expectCall(tool: string) {
		const found = this.find(tool);
		if (!found.ok || found.value.component.unbuilt || !this.#parts.prepare) return;
		const { component } = found.value;
		const grants = this.policies.of(component, this.engine, this.world);
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
			log: this.log,
			responses: this.responses,
			recorder: this.recorder,
			started: this.#started,
			running: this.running,
			engine: this.engine,
			limits: this.limits,
			get world() {
				return deck.world;
			},
			get outlet() {
				return deck.outlet;
			},
			grantsOf: (component: DeckComponent) => this.policies.of(component, this.engine, this.world),
			putFiles: (files: FileTree) => this.putFiles(files),
		};
	}
}
