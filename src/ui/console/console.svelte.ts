import { SvelteMap } from 'svelte/reactivity';
import type { ActivityEntry, ToolCallEntry } from '../../core/activity';
import { changedAnswers, type Answers } from '../../core/answers';
import type { Arguments } from '../../core/call';
import { parseJson, printJson } from '../../core/json';
import type { Outlet } from '../../core/outlet';
import { recall, remember } from '../base/memory';
export type { Arguments } from '../../core/call';
import type { CallSettled, ConsoleClient } from '../../mcp/client';
import type { DeckTool } from './deck-tool';
import { grow, type Grown } from './grown';

/** How things were when a run began. */
export interface RunMoment {
	/** That of its component; null for a tool that has none. */
	readonly revision: number | null;
	readonly answers: Answers;
}

/** The latest run of a tool. Replaced, never mutated. */
export type Run =
	| { readonly status: 'running'; readonly startedAt: number }
	| {
			readonly status: 'settled';
			readonly settled: CallSettled;
			readonly ms: number;
			readonly args: Arguments;
			readonly began: RunMoment;
			/** What had come of the result's streams where the call was stopped before its end. */
			readonly grown?: Grown;
	  };

/** What a console holds, to be put aside and brought back. */
export interface KeptConsole {
	readonly arguments: readonly (readonly [key: string, args: Arguments])[];
	readonly runs: readonly (readonly [key: string, run: Run])[];
}

/** Beyond this many characters, arguments are not kept for the next visit. */
const maxRemembered = 32_768;

const isText = (value: unknown): value is string => typeof value === 'string';

/** The console: for each tool its arguments, remembered between visits, and its latest run. One tool runs at a time. */
export class Console {
	readonly #client: Pick<ConsoleClient, 'callTool'>;
	readonly #now: () => number;
	readonly #outlet: () => Outlet;
	readonly #answers: () => Answers;
	readonly #arguments = new SvelteMap<string, Arguments>();
	readonly #runs = new SvelteMap<string, Run>();
	#check: (() => boolean) | null = null;
	#running = $state.raw<{
		readonly key: string;
		readonly name: string;
		readonly stop: AbortController;
	} | null>(null);
	#progress = $state.raw('');
	#grown = $state.raw<Grown | null>(null);
	#lastEnd = $state.raw<'none' | 'ended' | 'stopped'>('none');

	/** Whether what is sent is remembered for the next visit. */
	remembers = true;
	/** Form or raw JSON: two views of one value. */
	view = $state<'form' | 'json'>('form');
	running = $derived(this.#running !== null);
	startedAt = $derived.by(() => {
		const run = this.#running && this.#runs.get(this.#running.key);
		return run?.status === 'running' ? run.startedAt : null;
	});
	/** What the server last said of the call under way; empty where it says nothing. */
	progress = $derived(this.#progress);
	/** What has come of the streams of the result that is under way; null where nothing has. */
	grown = $derived(this.#grown);
	lastEnd = $derived(this.#lastEnd);

	constructor(
		client: Pick<ConsoleClient, 'callTool'>,
		now: () => number,
		deck: { readonly outlet: () => Outlet; readonly answers: () => Answers },
	) {
		this.#client = client;
		this.#now = now;
		this.#outlet = deck.outlet;
		this.#answers = deck.answers;
	}

	/** What the form of a tool holds: what was typed, else what was sent in an earlier visit, else what it begins with. */
	argumentsOf = (tool: DeckTool): Arguments =>
		this.#arguments.get(tool.key) ?? this.recallArguments(tool) ?? tool.first ?? {};

	/** What was sent to this tool last, in an earlier visit too; null where there is nothing. */
	recallArguments = (tool: DeckTool): Arguments | null => {
		const kept = parseJson(recall(`args:${tool.memoryKey}`, isText, ''));
		if (!kept.ok || typeof kept.value !== 'object' || kept.value === null || Array.isArray(kept.value))
			return null;
		return kept.value as Arguments;
	};

	setArguments = (tool: DeckTool, args: Arguments) => {
		this.#arguments.set(tool.key, args);
	};

	/** Takes the form's word on whether what it holds can be sent. Returns how to stop. */
	attachForm = (check: () => boolean): (() => void) => {
		this.#check = check;
		return () => {
			if (this.#check === check) this.#check = null;
		};
	};

	/** What is to be sent to a tool, or null where its form says that it does not fit. */
	ready = (tool: DeckTool): Arguments | null => {
		if (tool.tool?.uncallable || !(this.#check?.() ?? true)) return null;
		const args = this.argumentsOf(tool);
		// A form shows what numbers are, not how a text wrote them.
		return this.view === 'form' ? { ...args } : args;
	};

	runOf = (tool: DeckTool): Run | undefined => this.#runs.get(tool.key);

	/** The record of a component's latest call of a tool; null where there is none, as for Wassette's own tools. */
	entryOf = (activity: readonly ActivityEntry[], tool: DeckTool): ToolCallEntry | null =>
		tool.component === null
			? null
			: (activity.findLast(
					(entry): entry is ToolCallEntry =>
						entry.kind === 'tool-call' && entry.tool === tool.name && entry.component === tool.component?.id,
				) ?? null);

	/** Runs a tool through the MCP client. Does nothing while another one runs. */
	run = async (tool: DeckTool, args: Arguments): Promise<void> => {
		if (this.#running) return;
		const stop = new AbortController();
		const startedAt = this.#now();
		this.#running = { key: tool.key, name: tool.name, stop };
		this.#runs.set(tool.key, { status: 'running', startedAt });
		this.#grown = null;
		const began: RunMoment = { revision: tool.component?.revision ?? null, answers: this.#answers() };
		this.#remember(tool, args);
		const client = tool.server?.client ?? this.#client;
		const settled = await client.callTool(tool.name, args, {
			signal: stop.signal,
			onProgress: ({ progress, total, message, piece }) => {
				if (this.#running?.stop !== stop) return;
				// What came of a stream is told where it is shown.
				if (piece) this.#grown = grow(this.#grown, piece);
				else this.#progress = message ?? (total ? `${progress} of ${total}` : String(progress));
			},
		});
		// Its session is gone, and with it the place of its result.
		if (this.#running?.stop !== stop) return;
		const grown = settled.status === 'cancelled' ? this.#grown : null;
		this.#runs.set(tool.key, {
			...{ status: 'settled', settled, ms: this.#now() - startedAt, args, began },
			...(grown ? { grown } : {}),
		});
		this.#lastEnd = settled.status === 'cancelled' ? 'stopped' : 'ended';
		this.#running = null;
		this.#progress = '';
		this.#grown = null;
	};

	/** Another session takes the place of the one that the runs belong to. Gives the name of the tool that was running, which is stopped. */
	leaveSession = (): string | null => {
		const running = this.#running;
		running?.stop.abort();
		this.#running = null;
		this.#progress = '';
		this.#grown = null;
		this.#runs.clear();
		return running?.name ?? null;
	};

	/** The world was fixed as it was met, or that was taken back: results that were current stay so. */
	carry = (before: Answers, after: Answers) => {
		for (const [key, run] of this.#runs) {
			if (run.status !== 'settled' || changedAnswers(run.began.answers, before, null) !== null) continue;
			this.#runs.set(key, { ...run, began: { ...run.began, answers: after } });
		}
	};

	/** What the console holds now; a run that is under way is left out. */
	keep = (): KeptConsole => ({
		arguments: [...this.#arguments],
		runs: [...this.#runs].filter(([, { status }]) => status === 'settled'),
	});

	/** Puts what was kept in the place of what is here. */
	restore = (kept: KeptConsole) => {
		this.#arguments.clear();
		this.#runs.clear();
		for (const [key, args] of kept.arguments) this.#arguments.set(key, args);
		for (const [key, run] of kept.runs) this.#runs.set(key, run);
	};

	/** Ends the call under way at once; what it did so far stays in the activity. */
	stop = () => this.#running?.stop.abort();

	#remember(tool: DeckTool, args: Arguments) {
		const text = printJson(args);
		const outlet = this.#outlet();
		// With a hole in the place of a secret they would be of no use.
		const isFit = text.length <= maxRemembered && outlet.places(text).length === 0;
		if (this.remembers && isFit) remember(`args:${tool.memoryKey}`, outlet.jsonText(text));
	}
}
