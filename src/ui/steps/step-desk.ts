import type { ToolCallEntry } from '../../core/activity';
import { printJson } from '../../core/json';
import type { Outgoing } from '../../core/outlet';
import type { ObservedCall, SavedCall } from '../../core/scenario';
import { checkSavedCall, endOfCall, observe } from '../../mcp/saved-call';
import type { Arguments } from '../console/console.svelte';
import type { Session } from '../session.svelte';
import { observedOf } from './observed-of';

type Desks = Pick<
	Session,
	'live' | 'selection' | 'console' | 'calls' | 'steps' | 'notices' | 'layout' | 'undo'
>;

/** The way between the console, the record and the steps. */
export class StepDesk {
	readonly #session: Desks;

	constructor(session: Desks) {
		this.#session = session;
	}

	/** Saves what the console holds as a step; what it did, where it was run like that, is what is expected of it. */
	saveCall = () => {
		const { selection, console, live } = this.#session;
		const { tool } = selection;
		const { activity: record, outlet } = live.deck;
		const args = tool && console.ready(tool);
		if (!tool || !args) return;
		const run = console.runOf(tool);
		const isSame = run?.status === 'settled' && printJson(run.args) === printJson(args);
		const entry = console.entryOf(record, tool);
		const activity = (entry && observedOf(record, entry, outlet)?.activity) ?? [];
		this.#save(
			tool.name,
			args,
			isSame ? observe(run.settled, activity, { status: entry?.status, outlet }) : null,
		);
	};

	/** The same for a call of the record. */
	saveEntry = (entry: ToolCallEntry) => {
		const { deck } = this.#session.live;
		this.#save(
			entry.tool,
			entry.arguments as SavedCall['arguments'],
			observedOf(deck.activity, entry, deck.outlet),
		);
	};

	/** Puts a step into the console and makes it there; how it went is noted with the steps. */
	play = async (call: SavedCall): Promise<void> => {
		const { selection, console, calls, live, steps } = this.#session;
		const args = await this.open(call);
		const { tool } = selection;
		if (!args || tool?.name !== call.tool || this.busy) return;
		await calls.run(tool, args);
		const run = console.runOf(tool);
		if (run?.status !== 'settled') return;
		const { outlet, activity } = live.deck;
		const entry = console.entryOf(activity, tool);
		const hostCalls = (entry && observedOf(activity, entry, outlet)?.activity) ?? [];
		const observed = observe(run.settled, hostCalls, { status: entry?.status, outlet });
		const difference = observed && checkSavedCall(call, observed, { isRecorded: entry !== null, outlet });
		steps.note({
			...{ call, observed, difference, duration: run.ms },
			status: observed ? (difference ? 'failed' : 'passed') : 'stopped',
			arguments: args,
			end: endOfCall(call.tool, run.settled, observed, tool),
		});
	};

	/** Puts a step into the console, and gives its arguments; null where its tool is not there, which is said. */
	open = async (call: SavedCall): Promise<Arguments | null> => {
		const { selection, notices, console } = this.#session;
		const tool = selection.tools.find(({ name }) => name === call.tool);
		if (!tool) {
			notices.say('The tool of this step is not loaded. Load its component first.');
			return null;
		}
		selection.selectTool(tool);
		const args = await this.#argumentsOf(call);
		console.setArguments(tool, args);
		return args;
	};

	/** What a step is called with: where it takes what is not there yet, what is saved with it. */
	async #argumentsOf(call: SavedCall): Promise<Arguments> {
		const { steps, selection } = this.#session;
		const known = selection.tools.find(({ name }) => name === call.tool) ?? null;
		// What takes nothing is as it is saved.
		if (Object.keys(call.take ?? {}).length === 0) return call.arguments;
		const { resolveCall } = await import('../../core/flow');
		const resolved = resolveCall(call, steps.calls.indexOf(call) + 1, {
			ended: (step) => steps.endOf(step - 1) ?? undefined,
			inputSchema: known?.inputSchema ?? null,
		});
		return resolved.ok ? resolved.value : call.arguments;
	}

	/** What the desk of flows is made from, by what shows flows. */
	get surface(): Desks {
		return this.#session;
	}

	/** The tool that the console holds, which `saveCall` saves a call of. */
	get tool() {
		return this.#session.selection.tool;
	}

	/** A call of the console is under way, so no step can run. */
	get busy(): boolean {
		return this.#session.console.running;
	}

	get steps() {
		return this.#session.steps;
	}

	/** What the scenario that the steps travel with is called. */
	get title(): string {
		return this.#session.live.deck.notes.title ?? '';
	}

	/** Runs all steps, or one. */
	run = async (only?: number): Promise<void> => {
		// A call of the console under way would be taken for a step.
		if (!this.#session.console.running) await this.#session.steps.run(only);
	};

	#save(tool: string, args: SavedCall['arguments'], observed: Outgoing<ObservedCall> | null) {
		const { steps, notices, layout } = this.#session;
		const saved = steps.save(tool, args, observed);
		if (!saved.ok) {
			notices.say(`The call was not saved. ${saved.error}`);
			return;
		}
		notices.say(`Saved as step ${steps.calls.length}.`, {
			label: 'Show the steps',
			run: () => layout.showDrawer('steps'),
		});
	}
}
