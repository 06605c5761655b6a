import { SvelteSet } from 'svelte/reactivity';
import type {
	ActivityEntry,
	Capability,
	HostCallEntry,
	OutputEntry,
	ToolCallEntry,
} from '../../core/activity';
import { answersOf, changedAnswers } from '../../core/answers';
import type { Deck, DeckComponent } from '../../deck/deck';
import type { RunMoment } from '../console/console.svelte';
import type { DeckTool } from '../console/deck-tool';
import { groupByCall } from './group-by-call';
import { verdictOf } from './verdict';

export type VerdictFilter = 'all' | 'allowed' | 'denied' | 'differs';
export type CapabilityFilter = 'all' | Capability;

/** A line of the activity list. */
export type ActivityRow =
	| {
			readonly kind: 'call';
			readonly key: string;
			readonly callId: number;
			readonly entry: ToolCallEntry | null;
			readonly allowed: number;
			readonly denied: number;
			readonly open: boolean;
			/** What changed since, so that its verdicts are how they were: `policy changed`; null where nothing did. */
			readonly stale: string | null;
	  }
	| { readonly kind: 'host-call'; readonly key: string; readonly entry: HostCallEntry }
	| { readonly kind: 'output'; readonly key: string; readonly entry: OutputEntry };

/** What the log needs of the session it belongs to. */
interface Surface {
	readonly live: {
		readonly deck: { readonly activity: readonly ActivityEntry[] };
		readonly components: readonly Pick<DeckComponent, 'id' | 'revision' | 'revised'>[];
	};
	readonly policy: {
		/** Whether `documented` decides otherwise. */
		differs(entry: HostCallEntry): boolean;
	};
}

/** What the activity pane shows: entries under their tool calls, filtered, with one selected. */
export class ActivityView {
	readonly #surface: Surface;
	readonly #closed = new SvelteSet<number>();
	#selectedId = $state<number | null>(null);

	verdict = $state<VerdictFilter>('all');
	capability = $state<CapabilityFilter>('all');
	text = $state('');

	filtered = $derived(this.verdict !== 'all' || this.capability !== 'all' || this.text.trim() !== '');
	#groups = $derived.by(() => groupByCall(this.#surface.live.deck.activity));
	rows = $derived.by(() => this.#makeRows());
	/** Host calls that were allowed and denied under the policies as they are now. */
	counts = $derived.by(() => this.#count());
	selected = $derived.by(() => this.#find(this.#selectedId));

	constructor(surface: Surface) {
		this.#surface = surface;
	}

	select = (id: number | null) => {
		this.#selectedId = id;
	};

	toggleCall = (callId: number) => {
		if (!this.#closed.delete(callId)) this.#closed.add(callId);
	};

	clearFilters = () => {
		this.verdict = 'all';
		this.capability = 'all';
		this.text = '';
	};

	/** Whether the policy, the engine or the world changed since the entry was made. */
	isStale = (entry: HostCallEntry): boolean => this.staleness(entry) !== null;

	/** What changed since the entry was made, in words; null where nothing did that can change a decision. */
	staleness = (entry: Pick<HostCallEntry | ToolCallEntry, 'component' | 'revision'>): string | null => {
		const component = this.#surface.live.components.find(({ id }) => id === entry.component);
		if (!component) return 'component unloaded';
		return component.revision === entry.revision ? null : `${component.revised ?? 'component'} changed`;
	};

	/**
	 * What changed since a run of a tool began that its result may depend on, in words; null where nothing did. `entry` is its record, which
	 * may be cleared away.
	 */
	changedSince = (
		{ revision, answers }: RunMoment,
		{ component }: Pick<DeckTool, 'component'>,
		entry: ToolCallEntry | null,
		{ activity, world }: Pick<Deck, 'activity' | 'world'>,
	): string | null => {
		if (!component || revision === null) return null;
		const used = entry && capabilitiesOf(activity, entry);
		return (
			this.staleness({ component: component.id, revision }) ?? changedAnswers(answers, answersOf(world), used)
		);
	};

	/** The tool call an entry belongs to, while the record holds it. */
	callOf = (entry: { readonly callId: number }): ToolCallEntry | null =>
		this.#groups.find((group) => group.callId === entry.callId)?.call ?? null;

	#find(id: number | null): HostCallEntry | OutputEntry | null {
		if (id === null) return null;
		const entry = this.#surface.live.deck.activity.find((other) => other.id === id);
		return entry && entry.kind !== 'tool-call' ? entry : null;
	}

	/** What was recorded before an entry. */
	before = ({ id }: ActivityEntry): readonly ActivityEntry[] => {
		const { activity } = this.#surface.live.deck;
		return activity.slice(
			0,
			Math.max(
				0,
				activity.findIndex((entry) => entry.id === id),
			),
		);
	};

	#count(): { readonly allowed: number; readonly denied: number } {
		let allowed = 0;
		let denied = 0;
		for (const entry of this.#surface.live.deck.activity) {
			if (entry.kind !== 'host-call' || entry.reason === 'not-governed' || this.isStale(entry)) continue;
			if (entry.outcome === 'allow') allowed += 1;
			else denied += 1;
		}
		return { allowed, denied };
	}

	#makeRows(): readonly ActivityRow[] {
		const rows: ActivityRow[] = [];
		const needle = this.text.trim().toLowerCase();
		for (const { call, callId, entries } of this.#groups) {
			const shown = this.filtered ? entries.filter((entry) => this.#matches(entry, needle)) : entries;
			if (this.filtered && shown.length === 0) continue;
			const open = this.filtered || !this.#closed.has(callId);
			rows.push({
				kind: 'call',
				key: `call-${callId}`,
				callId,
				entry: call,
				...countVerdicts(entries),
				open,
				stale: this.#stalenessOf(call, entries),
			});
			if (!open) continue;
			for (const entry of shown)
				rows.push(
					entry.kind === 'host-call'
						? { kind: 'host-call', key: `entry-${entry.id}`, entry }
						: { kind: 'output', key: `entry-${entry.id}`, entry },
				);
		}
		return rows;
	}

	/** Where the record no longer holds the call, its host calls tell. */
	#stalenessOf(call: ToolCallEntry | null, entries: readonly (HostCallEntry | OutputEntry)[]): string | null {
		const told = call ?? entries.find((entry) => entry.kind === 'host-call');
		return told ? this.staleness(told) : null;
	}

	#matches(entry: HostCallEntry | OutputEntry, needle: string): boolean {
		if (entry.kind === 'output')
			return (
				this.verdict === 'all' &&
				(this.capability === 'all' || this.capability === 'output') &&
				entry.text.toLowerCase().includes(needle)
			);
		if (this.capability !== 'all' && entry.capability !== this.capability) return false;
		if (this.verdict === 'allowed' && entry.outcome !== 'allow') return false;
		if (this.verdict === 'denied' && entry.outcome !== 'deny') return false;
		if (this.verdict === 'differs' && !this.#surface.policy.differs(entry)) return false;
		return (
			needle === '' ||
			`${entry.operation} ${entry.target} ${entry.tool} ${entry.result ?? ''} ${verdictOf(entry)}`
				.toLowerCase()
				.includes(needle)
		);
	}
}

const capabilitiesOf = (activity: readonly ActivityEntry[], { callId }: ToolCallEntry): Set<Capability> =>
	new Set(
		activity.flatMap((entry) =>
			entry.kind === 'host-call' && entry.callId === callId ? entry.capability : [],
		),
	);

function countVerdicts(entries: readonly (HostCallEntry | OutputEntry)[]): {
	readonly allowed: number;
	readonly denied: number;
} {
	let allowed = 0;
	let denied = 0;
	for (const entry of entries) {
		if (entry.kind !== 'host-call' || entry.reason === 'not-governed') continue;
		if (entry.outcome === 'allow') allowed += 1;
		else denied += 1;
	}
	return { allowed, denied };
}
