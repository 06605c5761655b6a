import { policyInForce } from '../../deck/policy-in-force';
import { handsAllOver } from '../../core/policy';
import type { WireMessage } from '../../mcp/wire';
import type { Session } from '../session.svelte';
import { callOnWire } from '../wire/call-on-wire';
import type { Arguments, Run } from './console.svelte';
import type { DeckTool } from './deck-tool';

type Desks = Pick<
	Session,
	| 'live'
	| 'selection'
	| 'console'
	| 'steps'
	| 'layout'
	| 'wire'
	| 'notices'
	| 'shelf'
	| 'scenarios'
	| 'overlays'
	| 'comparing'
>;

/** Calls that a person makes: from the console's form, and once more from what was seen on the wire. */
export class CallDesk {
	readonly #session: Desks;
	#allowedRevision: number | null = null;
	#asksHandOver = $state(false);

	/** Run was pressed, and would hand everything over because the policy does not parse: it waits for `submitAnyway`. */
	asksHandOver = $derived(this.#asksHandOver);

	constructor(session: Desks) {
		this.#session = session;
	}

	/** Whether the tool's component is handed every variable there is, and why. */
	get handsOver(): 'none' | 'broken' | null {
		const { live, selection } = this.#session;
		const component = selection.tool?.component;
		return component && live.world.variables.size > 0
			? handsAllOver(policyInForce(component), live.engine)
			: null;
	}

	run = async (tool: DeckTool, args: Arguments): Promise<void> => {
		const { steps, layout, console } = this.#session;
		// A step under way would be taken for this call, or this call for it.
		if (steps.running) return;
		layout.openDrawer(tool.server ? 'wire' : 'activity');
		return console.run(tool, args);
	};

	/** Runs the tool in the console with what its form holds; does nothing where that does not fit, which the form says. */
	submit = () => {
		const { tool } = this.#session.selection;
		const args = tool && this.#session.console.ready(tool);
		if (!args) return;
		// A policy that breaks while it is edited hands everything over at the next call: that takes a word of its own.
		const needsWord = this.handsOver === 'broken' && this.#allowedRevision !== tool.component?.revision;
		this.#asksHandOver = needsWord;
		if (!needsWord) void this.run(tool, args);
	};

	/** Runs although the policy does not parse, and keeps that word until the policy changes. */
	submitAnyway = () => {
		this.#allowedRevision = this.#session.selection.tool?.component?.revision ?? null;
		this.submit();
	};

	/** Opens the wire at the answer to a run. */
	showOnWire = (tool: DeckTool, run: Extract<Run, { status: 'settled' }>) => {
		this.#session.wire.showCall(run.settled.rpcId, tool.server?.name);
		this.#session.layout.showDrawer('wire');
	};

	/** Sends a `tools/call` that crossed the wire once more, through the console. */
	replay = (message: WireMessage) => {
		const { selection, notices, console } = this.#session;
		const call = callOnWire(message);
		const tool =
			call &&
			selection.tools.find(({ name, server }) => name === call.name && server?.name === message.connection);
		if (!call || !tool) {
			notices.say(
				message.connection
					? `The page is not connected to ${message.connection} any more, or it has no such tool.`
					: 'The tool of this call is not loaded. Load its component first.',
			);
			return;
		}
		selection.selectTool(tool);
		console.setArguments(tool, call.arguments);
		void this.run(tool, call.arguments);
	};

	/** Opens the sample that steals, and shows what it gets as a bare process, in a container, and here. The session before is a step back. Gives why it could not, or null. */
	steal = async (): Promise<string | null> => {
		const { shelf, scenarios, overlays, comparing } = this.#session;
		const scenario = await shelf.sampleScenario('exfiltrator');
		const opened = scenario.ok ? await scenarios.openOwn(scenario.value) : scenario;
		if (!opened.ok) return `The sample could not be opened. ${opened.error}`;
		overlays.open('compare');
		const { comparisonOf } = await import('../compare/comparison-of');
		await comparisonOf(comparing).run();
		return null;
	};
}
