import { joinComponents } from '../../author/join/join-components';
import { sha256Hex } from '../../component/digest';
import { mayDoWords } from '../../core/flow/may-do-words';
import { fileStem } from '../../core/export';
import { unionPolicy } from '../../core/policy/edit/union-policy';
import { summarizePolicy } from '../../core/scenario';
import { viewOf } from '../../core/world-view';
import type { DeckComponent } from '../../deck/deck';
import { joinPlan, type JoinPlan } from '../../deck/join-plan';
import { policyInForce } from '../../deck/policy-in-force';
import type { LiveDeck } from '../live-deck.svelte';

/** A component that was made of several. */
interface Joined {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly sha256: string;
	/** What it exports of those that provide, since its own exports use their types. */
	readonly also: readonly string[];
	/** The parts that it was made of. */
	readonly of: JoinPlan;
}

/** One component that is to be made of a linked one and all that provide for it. */
export class JoinDesk {
	readonly #live: LiveDeck;
	readonly #id: string;
	readonly #stop = new AbortController();
	#joined = $state.raw<Joined | null>(null);
	#problem = $state('');
	busy = $state(false);

	plan = $derived.by(() => {
		const component = this.#live.components.find(({ id }) => id === this.#id);
		return component
			? joinPlan(component, this.#live.components)
			: ({ ok: false, error: `${this.#id} is not loaded any more.` } as const);
	});

	/** For each part what it may do by itself, as a sentence. */
	mayDo = $derived.by(() => {
		const view = viewOf(this.#live.world);
		return this.#parts.map((part) =>
			mayDoWords(part.id, summarizePolicy(policyInForce(part), this.#live.engine, view)),
		);
	});

	/** Tools of those that provide, which the whole does not have. */
	lostTools = $derived.by(() =>
		this.#parts.slice(1).flatMap(({ id, tools }) => tools.map(({ name }) => ({ id, name }))),
	);

	/** The policy that lets the whole do what its parts may do. */
	union = $derived.by(() =>
		unionPolicy(
			this.#id,
			this.#parts.map((part) => ({ id: part.id, policy: policyInForce(part) })),
		),
	);

	constructor(live: LiveDeck, { id }: Pick<DeckComponent, 'id'>) {
		this.#live = live;
		this.#id = id;
	}

	get #parts(): readonly DeckComponent[] {
		return this.plan.ok ? this.plan.value.parts : [];
	}

	/** What the last attempt came to; null before it, and once the parts are others. */
	get joined(): Joined | null {
		const { plan } = this;
		const isSame = (of: JoinPlan) =>
			plan.ok &&
			JSON.stringify([of.links, of.parts.map(({ sha256 }) => sha256)]) ===
				JSON.stringify([plan.value.links, plan.value.parts.map(({ sha256 }) => sha256)]);
		return this.#joined && isSame(this.#joined.of) ? this.#joined : null;
	}

	/** Why there is no such component, as a sentence; empty where nothing speaks against it. */
	get problem(): string {
		return this.plan.ok ? this.#problem : this.plan.error;
	}

	/** The name of its file, without an ending. */
	get name(): string {
		return `${fileStem(this.#id)}-whole`;
	}

	/** Makes the component, unless it is there; null where it cannot be made, and `problem` says why. */
	join = async (): Promise<Joined | null> => {
		const { plan, joined } = this;
		if (joined || !plan.ok || this.busy) return joined;
		this.busy = true;
		this.#problem = '';
		const { parts, links } = plan.value;
		const made = await joinComponents(
			{ parts: parts.map(({ id, bytes }) => ({ id, bytes })), links },
			this.#stop.signal,
		);
		this.busy = false;
		if (!made.ok) {
			this.#problem = made.error;
			return null;
		}
		const { bytes, also } = made.value;
		this.#joined = { bytes, also, sha256: await sha256Hex(bytes), of: plan.value };
		return this.joined;
	};

	stop = () => this.#stop.abort();
}
