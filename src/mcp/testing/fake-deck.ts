import { keptFor } from '../../core/kept-for';
import { itemAt } from '../../core/item-at';
import type { ActivityEntry, HostCallEntry } from '../../core/activity';
import { defaultLimits, type CallOutcome } from '../../core/call';
import { createOutlet } from '../../core/outlet';
import { err, ok } from '../../core/result';
import type { Json, Tool } from '../../core/wit/types';
import { emptyWorld } from '../../core/world';
import type { CallOptions, Deck, DeckComponent, Notes, Signed } from '../../deck/deck';

/** What a tool of the fake deck does when it is called. */
export type Behaviour = (call: {
	readonly args: { readonly [name: string]: Json };
	/** The arguments by which it is judged whether they fit, where they are others. */
	readonly judged?: { readonly [name: string]: Json } | undefined;
	readonly signal: AbortSignal;
	readonly output: (stream: 'stdout' | 'stderr', text: string) => void;
	readonly request: (url: string, outcome: 'allow' | 'deny') => void;
}) => CallOutcome | Promise<CallOutcome>;

export const returned = (json: Json): CallOutcome => ({ status: 'returned', json, isErr: false });

/** A tool that takes one string and returns one, unless `tool` says otherwise. */
export function fakeTool(name: string, tool: Partial<Tool> = {}): Tool {
	const string = { kind: 'string' } as const;
	return {
		name,
		description: `Does ${name}`,
		inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
		outputSchema: { type: 'object', properties: { result: { type: 'string' } }, required: ['result'] },
		function: { interface: null, name, params: [{ name: 'text', type: string }], result: string },
		...tool,
	};
}

/** A deck whose tools are functions of the test. */
export class FakeDeck implements Deck {
	components: readonly DeckComponent[] = [];
	engine = '0.8.1';
	activity: readonly ActivityEntry[] = [];
	readonly limits = defaultLimits;
	readonly outlet = createOutlet([]);
	readonly #behaviours = new Map<string, Behaviour>();
	readonly #listeners = new Set<() => void>();
	readonly #toolListeners = new Set<() => void>();
	#nextCall = 1;

	readonly world = emptyWorld;

	notes: Notes = {};

	get recording(): never {
		throw new Error('The fake deck records nothing.');
	}

	add(id: string, tools: readonly Tool[], behaviour: Behaviour = () => returned('done')): DeckComponent {
		const component = { ...emptyComponent, id, tools, source: { sample: id } };
		this.components = [...this.components.filter((other) => other.id !== id), component];
		for (const tool of tools) this.#behaviours.set(tool.name, behaviour);
		this.#toolListeners.forEach((listener) => listener());
		return component;
	}

	readonly session = 1;

	begin() {
		return { session: 1, order: 1 };
	}

	isPresent() {
		return true;
	}

	mayReplace() {
		return true;
	}

	subscribe(listener: () => void) {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	onToolsChanged(listener: () => void) {
		this.#toolListeners.add(listener);
		return () => void this.#toolListeners.delete(listener);
	}

	async load(): Promise<never> {
		throw new Error('The fake deck loads nothing.');
	}

	async prepare(): Promise<never> {
		throw new Error('The fake deck loads nothing.');
	}

	async describe(): Promise<never> {
		throw new Error('The fake deck loads nothing.');
	}

	unload(id: string): boolean {
		const before = this.components.length;
		this.components = this.components.filter((component) => component.id !== id);
		this.#toolListeners.forEach((listener) => listener());
		return this.components.length < before;
	}

	setPolicy(id: string, policy: string | null, goesBy?: DeckComponent['goesBy']) {
		this.components = this.components.map((c) => (c.id === id ? { ...c, policy, goesBy } : c));
		this.changed();
		return ok(undefined);
	}

	expectCall() {}

	recordingOf(): null {
		return null;
	}

	setSigned(id: string, signed: Signed): void {
		this.components = this.components.map((c) => (c.id === id ? { ...c, ...signed } : c));
		this.changed();
	}

	setStandIns(id: string, standsIn: boolean): void {
		this.components = this.components.map((c) => (c.id === id ? { ...c, standsIn } : c));
		this.changed();
	}

	setLink = () => ok(undefined);

	setEngine(engine: string): void {
		this.engine = engine;
		this.changed();
	}

	setWorld = () => ok(undefined);

	setFiles(): void {}
	setLimits(): void {}
	setNotes = () => ok(undefined);
	replace(): void {}
	putBack(): void {}
	clearActivity(): void {
		this.activity = [];
	}

	find(tool: string) {
		const found = this.components.filter(({ tools }) => tools.some(({ name }) => name === tool));
		const failed = `Failed to find component for tool '${tool}': `;
		if (found.length === 0) return err(`${failed}Tool not found`);
		if (found.length > 1)
			return err(
				`${failed}Multiple components found for tool '${tool}': ${found.map(({ id }) => id).join(', ')}`,
			);
		return ok({
			component: itemAt(found, 0),
			tool: itemAt(found, 0).tools.find(({ name }) => name === tool)!,
		});
	}

	async call(tool: string, args: { readonly [name: string]: Json }, options: CallOptions = {}) {
		const found = this.find(tool);
		if (!found.ok) return err({ message: found.error });
		const callId = this.#nextCall++;
		options.onStart?.(callId);
		const outcome = await keptFor(
			this.#behaviours,
			tool,
		)({
			args,
			judged: options.judged,
			signal: options.signal ?? new AbortController().signal,
			output: (stream, text) => options.onOutput?.(stream, text),
			request: (url, decision) => this.#record(found.value.component.id, tool, callId, url, decision),
		});
		return ok({ callId, outcome, times, changes: [] });
	}

	changed(): void {
		this.#listeners.forEach((listener) => listener());
	}

	#record(component: string, tool: string, callId: number, url: string, outcome: 'allow' | 'deny') {
		const entry: HostCallEntry = {
			kind: 'host-call',
			id: this.activity.length + 1,
			callId,
			tool,
			component,
			engine: this.engine,
			source: 'page',
			revision: 0,
			capability: 'network',
			operation: 'GET',
			target: url,
			outcome,
			rule: null,
			reason: outcome === 'allow' ? 'granted' : 'no-rule',
			at: 0,
		};
		this.activity = [...this.activity, entry];
		this.changed();
	}
}

const times = { startMs: 1, instantiateMs: 2, runMs: 3, hostMs: 1, hostCalls: 4, peakMemoryBytes: 65_536 };

const emptyComponent: DeckComponent = {
	id: '',
	sha256: '0'.repeat(64),
	size: 8,
	program: { source: '', modules: [], imports: [], mode: 'sync' },
	tools: [],
	wit: '',
	missing: [],
	standIns: [],
	notes: [],
	source: { sample: '' },
	bytes: new Uint8Array(),
	policy: null,
	revision: 0,
};
