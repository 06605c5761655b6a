import { namesIn } from '../../core/names-in';
import {
	containerConfinement,
	defaultCompose,
	processConfinement,
	readCompose,
	shellOf,
	wassetteConfinement,
	type Confinement,
	type IsolationId,
} from '../../core/isolation';
import { printJson } from '../../core/json';
import type { EngineId, Problem } from '../../core/policy/types';
import { err, ok, type Result } from '../../core/result';
import type { World } from '../../core/world';
import type { Deck } from '../../deck/deck';
import type { RunUnder } from '../../deck/run-under';
import type { Arguments } from '../console/console.svelte';
import type { DeckTool } from '../console/deck-tool';
import { tryUnder, type Trial } from './trial';

/** What a comparison needs of the session it belongs to. */
export interface ComparisonSurface {
	readonly selection: { readonly tool: DeckTool | null };
	readonly live: {
		readonly engine: EngineId;
		readonly world: World;
		readonly deck: Pick<Deck, 'begin' | 'isPresent' | 'subscribe'>;
	};
	readonly console: { readonly argumentsOf: (tool: DeckTool) => Arguments };
	readonly runUnder: RunUnder;
}

/** What trials were made for; when any of it changes, what they show is out of date. */
interface Basis {
	readonly tool: DeckTool['component'];
	readonly name: string;
	/** As text, so that equal ones are equal. */
	readonly args: string;
	readonly world: World;
	readonly engine: EngineId;
	readonly compose: string;
	readonly service: string | undefined;
}

const order: readonly IsolationId[] = ['process', 'container', 'wassette'];
const none: Trial = { status: 'none' };
const noTrials: Readonly<Record<IsolationId, Trial>> = { process: none, container: none, wassette: none };

/** One call of one tool under three kinds of isolation, against the same world. */
export class IsolationComparison {
	readonly #surface: ComparisonSurface;
	readonly #now: () => number;
	#typed = $state.raw<string | null>(null);
	#service = $state<string>();
	#trials = $state.raw(noTrials);
	#stop = $state.raw<AbortController | null>(null);
	#basis = $state.raw<Basis | null>(null);

	/** The compose file: what was typed, else one that fits the world. */
	compose = $derived.by(() => this.#typed ?? defaultCompose(this.#surface.live.world));
	read = $derived.by(() => readCompose(this.compose, shellOf(this.#surface.live.world), this.#service));
	/** The container as it would be started; the error says why it would not. */
	container = $derived.by((): Result<Confinement, string> => {
		if (!this.read.service) return err('The compose file has problems, so no container starts.');
		const model = containerConfinement(this.read.service, this.#surface.live.world);
		return model.ok ? ok(model.value.confinement) : model;
	});
	/** Those of the text, and what the runtime would say of it in this world. */
	problems = $derived.by((): readonly Problem[] => {
		const model = this.read.service && containerConfinement(this.read.service, this.#surface.live.world);
		if (!model) return this.read.problems;
		const notes = model.ok
			? model.value.notes
			: [{ line: Number(/\bline (\d+)/.exec(model.error)?.[1] ?? 1), message: model.error }];
		return [
			...this.read.problems,
			...notes.map(({ line, message }): Problem => ({
				severity: model.ok ? 'warning' : 'error',
				code: 'container',
				message,
				line,
				column: 1,
				endLine: line,
				endColumn: (this.compose.split('\n')[line - 1]?.length ?? 0) + 1,
			})),
		];
	});
	running = $derived(this.#stop !== null);
	/** The world, the policy, the arguments or the compose file changed since. */
	stale = $derived.by(() => {
		const [then, now] = [this.#basis, this.#current()];
		if (!then) return false;
		return !now || namesIn(then).some((key) => then[key] !== now[key]);
	});

	constructor(surface: ComparisonSurface, now: () => number) {
		this.#surface = surface;
		this.#now = now;
	}

	get service(): string | undefined {
		return this.read.service?.name ?? this.read.services[0];
	}

	trialOf = (id: IsolationId): Trial => this.#trials[id];

	setCompose = (text: string | null) => {
		this.#typed = text;
	};

	chooseService = (name: string) => {
		this.#service = name;
	};

	/** Makes the call three times, one after the other. Does nothing while that goes on, or where there is no tool to call. */
	run = async (): Promise<void> => {
		const { selection, console } = this.#surface;
		const { tool } = selection;
		const basis = this.#current();
		if (!tool || !basis?.tool || this.#stop) return;
		const { deck } = this.#surface.live;
		const args = console.argumentsOf(tool);
		const stop = new AbortController();
		const began = deck.begin();
		// What is left of it would run in another session.
		const unfollow = deck.subscribe(() => {
			if (!deck.isPresent(began)) stop.abort();
		});
		this.#stop = stop;
		this.#basis = basis;
		const waiting: Trial = { status: 'waiting' };
		this.#trials = { process: waiting, container: waiting, wassette: waiting };
		for (const id of order) {
			if (stop.signal.aborted) {
				this.#settle(id, none);
				continue;
			}
			this.#settle(id, { status: 'running' });
			this.#settle(id, await this.#try(id, basis, args, stop.signal));
		}
		unfollow();
		if (!deck.isPresent(began)) {
			this.#trials = noTrials;
			this.#basis = null;
		}
		this.#stop = null;
	};

	/** Ends the call under way at once; what was compared before it stays. */
	stop = () => this.#stop?.abort();

	#current(): Basis | null {
		const { selection, live, console } = this.#surface;
		const { tool } = selection;
		if (!tool) return null;
		const { world, engine } = live;
		return {
			tool: tool.component,
			name: tool.name,
			args: printJson(console.argumentsOf(tool)),
			world,
			engine,
			compose: this.compose,
			service: this.#service,
		};
	}

	#settle(id: IsolationId, trial: Trial) {
		this.#trials = { ...this.#trials, [id]: trial };
	}

	async #try(id: IsolationId, basis: Basis, args: Arguments, signal: AbortSignal): Promise<Trial> {
		const confinement = this.#confinement(id, basis);
		if (!confinement.ok) return { status: 'refused', message: confinement.error };
		const { runUnder } = this.#surface;
		const component = basis.tool!;
		return tryUnder(confinement.value, { ...basis, component }, args, { runUnder, signal, now: this.#now });
	}

	#confinement(id: IsolationId, { tool, world, engine }: Basis): Result<Confinement, string> {
		switch (id) {
			case 'process':
				return ok(processConfinement(world));
			case 'container':
				return this.container;
			case 'wassette': {
				const made = wassetteConfinement(tool!.policy, engine, world);
				return made.ok ? made : err(`Every call is answered with “Error: ${made.error.message}”`);
			}
		}
	}
}
