import { itemAt } from '../../core/item-at';
import { SvelteMap } from 'svelte/reactivity';
import type { Arguments } from '../../core/call';
import type { Outgoing, Outlet } from '../../core/outlet';
import { bindingsOf, reorderSteps, type Binding, type StepEnd } from '../../core/flow';
import { ok, type Result } from '../../core/result';
import { expectationOf, type Expectation, type ObservedCall, type SavedCall } from '../../core/scenario';
import type { Notes } from '../../deck/deck';
import type { StepResult } from '../../mcp/saved-call';
import {
	apartWords,
	countSteps,
	outcomeAt,
	type Observation,
	type Step,
	type StepServer,
} from './step-outcome';
import { withBindings } from './with-bindings';

/** What steps need of the session they belong to. */
export interface StepSurface {
	readonly deck: {
		readonly notes: Notes;
		readonly outlet: Outlet;
		setNotes(notes: Notes): Result<void, string>;
	};
	readonly servers: readonly StepServer[];
	/** Changes with whatever can change how a call goes: components, policies, the engine. */
	readonly signature: string;
	/** Makes a change, and says so with an offer to take it back. */
	doing(words: string, change: () => void): void;
}

/**
 * The saved calls of the session, which travel with its scenario: run in order, each held against what is expected of it. Verdicts are
 * derived, so that changing an expectation changes its verdict without another run.
 */
export class Steps {
	readonly #surface: StepSurface;
	readonly #now: () => number;
	/** By the call itself: a call that was replaced has not run. */
	readonly #seen = new SvelteMap<SavedCall, Readonly<Record<string, Observation>>>();
	readonly #keys = new WeakMap<SavedCall, number>();
	#lastKey = 0;
	#running = $state.raw<{ readonly server: string; readonly call: SavedCall | null } | null>(null);
	#stop: AbortController | null = null;
	#openKey = $state<number | null>(null);

	calls = $derived.by<readonly SavedCall[]>(() => this.#surface.deck.notes.calls ?? []);
	list = $derived.by<readonly Step[]>(() => this.calls.map((call, index) => this.#step(call, index)));
	running = $derived(this.#running !== null);
	/** Steps by how they went everywhere they ran: failed where one server failed. */
	counts = $derived.by(() => countSteps(this.list));
	/** The step whose expectation is open. */
	openKey = $derived(this.#openKey);

	constructor(surface: StepSurface, now: () => number) {
		this.#surface = surface;
		this.#now = now;
	}

	/** Saves a call at the end; what it did, where that is known, is what is expected of it. The error says why it is not taken. */
	save = (tool: string, args: Arguments, observed: Outgoing<ObservedCall> | null): Result<void, string> => {
		const call: SavedCall = {
			tool,
			arguments: { ...args },
			...(observed ? { expect: expectationOf(observed) } : {}),
		};
		return this.#set([...this.calls, call]);
	};

	/** Moves a step up (-1) or down (1); at the end of the list it stays. */
	move = (index: number, by: -1 | 1) => {
		const to = index + by;
		const order = this.calls.map((_, at) => at);
		if (order[index] === undefined || order[to] === undefined) return;
		order.splice(to, 0, ...order.splice(index, 1));
		this.#reorder(order);
	};

	remove = (index: number) => {
		if (!this.calls[index]) return;
		this.#surface.doing(`Step ${index + 1} was deleted.`, () =>
			this.#reorder(this.calls.flatMap((_, other) => (other === index ? [] : [other]))),
		);
	};

	/**
	 * Changes what is expected; undefined expects nothing. What was seen of the call stays. The error says why it is not taken. With `words`,
	 * which say what is gone, it can be taken back.
	 */
	setExpectation = (index: number, expect: Expectation | undefined, words?: string): Result<void, string> => {
		const before = this.calls[index];
		if (!before) return ok(undefined);
		return this.#replace(before, { ...withoutExpectation(before), ...(expect ? { expect } : {}) }, words);
	};

	/**
	 * Has an argument taken from elsewhere; null has it as it is saved with the call. The error says why it is not taken. With `words`, which
	 * say what is gone, it can be taken back.
	 */
	setBinding = (
		index: number,
		argument: string,
		binding: Binding | null,
		words?: string,
	): Result<void, string> => {
		const before = this.calls[index];
		if (!before) return ok(undefined);
		const others = bindingsOf(before).filter(([name]) => name !== argument);
		return this.#replace(
			before,
			withBindings(before, binding ? [...others, [argument, binding]] : others),
			words,
		);
	};

	/** Puts calls in the place of those that are here, one for one; what was seen of each stays. */
	setCalls = (calls: readonly SavedCall[]): Result<void, string> => {
		this.#carry(this.calls, calls);
		return this.#set(calls);
	};

	/** What was seen of each call goes with the one that comes in its place. */
	#carry(before: readonly SavedCall[], after: readonly SavedCall[]): void {
		for (const [index, call] of after.entries()) {
			const was = itemAt(before, index);
			if (was === call) continue;
			const seen = this.#seen.get(was);
			if (seen) this.#seen.set(call, seen);
			this.#keys.set(call, this.#keyOf(was));
		}
	}

	/** Puts a call in the place of one; what was seen of that stays. */
	#replace(before: SavedCall, call: SavedCall, words?: string): Result<void, string> {
		const seen = this.#seen.get(before);
		if (seen) this.#seen.set(call, seen);
		this.#keys.set(call, this.#keyOf(before));
		let set: Result<void, string> = ok(undefined);
		const change = () => void (set = this.#set(this.calls.map((other) => (other === before ? call : other))));
		if (words === undefined) change();
		else this.#surface.doing(words, change);
		if (!set.ok) this.#seen.delete(call);
		return set;
	}

	/** Expects what the call did in this page the last time; nothing where it did not run. The error says why it is not taken. */
	accept = (index: number): Result<void, string> => {
		const observed = this.list[index]?.outcomes[0]?.observed;
		if (!observed) return ok(undefined);
		const expect = expectationOf(this.#surface.deck.outlet.observed(observed));
		return this.setExpectation(index, expect, `Step ${index + 1} expects what it did now.`);
	};

	toggle = (key: number) => {
		this.#openKey = this.#openKey === key ? null : key;
	};

	/** Runs all steps, or one, at every server in turn. Does nothing while steps run. */
	run = async (only?: number): Promise<void> => {
		const { calls } = this;
		if (this.#running || (only === undefined ? calls.length === 0 : !calls[only])) return;
		const stop = new AbortController();
		this.#stop = stop;
		this.#running = { server: this.#surface.servers[0]?.key ?? '', call: null };
		for (const known of this.#seen.keys()) if (!this.calls.includes(known)) this.#seen.delete(known);
		try {
			const { runSavedCalls } = await import('../../mcp/run-saved-calls');
			for (const { key, client, record } of [...this.#surface.servers]) {
				if (stop.signal.aborted) break;
				this.#running = { server: key, call: null };
				const ports = { client, record, outlet: () => this.#surface.deck.outlet, now: this.#now };
				const seen = calls.map((call) => this.#seen.get(call)?.[key]?.result.end ?? null);
				await runSavedCalls(ports, calls, {
					signal: stop.signal,
					...(only !== undefined && { only }),
					endOf: (index) => seen[index] ?? null,
					onStart: (index) => {
						if (this.#stop === stop) this.#running = { server: key, call: calls[index] ?? null };
					},
					onStep: (_, result) => {
						if (this.#stop === stop) this.#note(key, result);
					},
				});
			}
		} finally {
			if (this.#stop === stop) this.#running = this.#stop = null;
		}
	};

	/** How a step ended in this page the last time; null where it did not run. */
	endOf = (index: number): StepEnd | null => {
		const call = this.calls[index];
		const here = this.#surface.servers[0]?.key;
		return (call && here !== undefined && this.#seen.get(call)?.[here]?.result.end) || null;
	};

	/** Ends the call under way at once, and makes no further one. */
	stop = () => this.#stop?.abort();

	/** Another session takes the place of the one that the steps belong to: what runs is stopped, and what was seen is forgotten. */
	leaveSession = () => {
		this.stop();
		this.#running = this.#stop = null;
		this.#seen.clear();
	};

	/** Takes in how a saved call went in this page when something else made it. */
	note = (result: StepResult) => {
		const here = this.#surface.servers[0]?.key;
		if (here !== undefined && this.calls.includes(result.call)) this.#note(here, result);
	};

	#note(server: string, result: StepResult) {
		const { signature } = this.#surface;
		this.#seen.set(result.call, {
			...this.#seen.get(result.call),
			[server]: { result, signature },
		});
	}

	#set(calls: readonly SavedCall[]): Result<void, string> {
		const { deck } = this.#surface;
		return deck.setNotes({ ...deck.notes, calls: calls.length > 0 ? [...calls] : undefined });
	}

	/** Puts the steps in another order, or leaves some out; what was seen of each goes with it. */
	#reorder(order: readonly number[]): void {
		const { deck } = this.#surface;
		const moved = reorderSteps(deck.notes, order);
		this.#carry(
			order.map((before) => itemAt(this.calls, before)),
			moved.calls ?? [],
		);
		deck.setNotes({ ...deck.notes, ...moved });
	}

	#keyOf(call: SavedCall): number {
		const known = this.#keys.get(call);
		if (known !== undefined) return known;
		this.#keys.set(call, ++this.#lastKey);
		return this.#lastKey;
	}

	#step(call: SavedCall, index: number): Step {
		const seen = this.#seen.get(call);
		const { signature, deck } = this.#surface;
		const outcomes = this.#surface.servers.map((server) => {
			const isRunning = this.#running?.server === server.key && this.#running.call === call;
			return outcomeAt(server, call, seen?.[server.key], { isRunning, signature, outlet: deck.outlet });
		});
		return { key: this.#keyOf(call), index, call, outcomes, apart: apartWords(outcomes) };
	}
}

const withoutExpectation = ({ expect: _, ...call }: SavedCall): SavedCall => call;
