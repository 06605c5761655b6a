import { wassetteConfinement, type LetThroughKind, type Reached } from '../../core/isolation';
import { printJson } from '../../core/json';
import type { PastPolicy } from '../policy/policy-past';
import type { ComparisonSurface } from './comparison.svelte';
import { tryUnder, type Trial } from './trial';

/** Something that was tried under both policies, or under one of them. */
export interface ComparedRow {
	readonly kind: LetThroughKind;
	readonly target: string;
	/** Undefined where the tool did not get so far as to ask. */
	readonly now: Reached | undefined;
	readonly other: Reached | undefined;
	/** Whether the two policies make a difference to it. */
	readonly differs: boolean;
}

type Side = 'now' | 'other';

const none: Trial = { status: 'none' };
const kinds: readonly LetThroughKind[] = ['read', 'written', 'hosts', 'variables'];

/** One call of one tool under its policy as it is and under another one, against the same world. Nothing of it is kept, and nothing sent. */
export class PolicyComparison {
	readonly #surface: ComparisonSurface;
	readonly #now: () => number;
	#trials = $state.raw<Readonly<Record<Side, Trial>>>({ now: none, other: none });
	#stop = $state.raw<AbortController | null>(null);
	#basis = $state.raw('');

	running = $derived(this.#stop !== null);
	trials = $derived(this.#trials);
	/** What was tried, in the order in which it was met; null before both have settled. */
	rows = $derived.by<readonly ComparedRow[] | null>(() => {
		const { now, other } = this.#trials;
		return now.status === 'settled' && other.status === 'settled'
			? kinds.flatMap((kind) => compareKind(kind, now.through[kind], other.through[kind]))
			: null;
	});

	constructor(surface: ComparisonSurface, now: () => number) {
		this.#surface = surface;
		this.#now = now;
	}

	/** The call, its world or one of the policies is no longer what was compared. */
	isStale = (other: PastPolicy): boolean => this.#basis !== '' && this.#basis !== this.#basisWith(other);

	run = async (other: PastPolicy): Promise<void> => {
		const { selection, console, live, runUnder } = this.#surface;
		const { tool } = selection;
		const component = tool?.component;
		if (!tool || !component || this.#stop) return;
		const { engine, world } = live;
		const args = console.argumentsOf(tool);
		const stop = new AbortController();
		this.#stop = stop;
		this.#basis = this.#basisWith(other);
		this.#trials = { now: { status: 'waiting' }, other: { status: 'waiting' } };
		const texts = { now: component.policy, other: other.text } as const;
		for (const side of ['now', 'other'] as const) {
			this.#settle(side, { status: 'running' });
			const made = wassetteConfinement(texts[side], engine, world);
			const trial: Trial = made.ok
				? await tryUnder(made.value, { component, name: tool.name, engine, world }, args, {
						...{ runUnder, signal: stop.signal, now: this.#now },
					})
				: { status: 'refused', message: `Every call is answered with “Error: ${made.error.message}”` };
			this.#settle(side, stop.signal.aborted ? none : trial);
		}
		this.#stop = null;
	};

	stop = () => this.#stop?.abort();

	#basisWith(other: PastPolicy): string {
		const { selection, console, live } = this.#surface;
		const { tool } = selection;
		if (!tool?.component) return 'none';
		const { id, policy, revision } = tool.component;
		return printJson([tool.name, console.argumentsOf(tool), live.engine, id, policy, revision, other.text]);
	}

	#settle(side: Side, trial: Trial) {
		this.#trials = { ...this.#trials, [side]: trial };
	}
}

function compareKind(
	kind: LetThroughKind,
	now: readonly Reached[],
	other: readonly Reached[],
): readonly ComparedRow[] {
	const targets = new Set([...now, ...other].map(({ target }) => target));
	return [...targets].map((target) => {
		const here = now.find((item) => item.target === target);
		const there = other.find((item) => item.target === target);
		return { kind, target, now: here, other: there, differs: here?.verdict !== there?.verdict };
	});
}
