import { ok, type Result } from '../../core/result';
import type { Scenario } from '../../core/scenario';
import type { SessionParts } from '../parts';
import type { Session } from '../session.svelte';

/** What was opened last: shown in the panes, and compared with what has become of it. */
export class OpenedDesk {
	readonly #session: Pick<Session, 'selection' | 'console' | 'layout' | 'files' | 'loads'>;
	readonly #parts: Pick<SessionParts, 'deck' | 'openScenario'>;
	#opened: readonly unknown[] = [];

	constructor(
		session: Pick<Session, 'selection' | 'console' | 'layout' | 'files' | 'loads'>,
		parts: Pick<SessionParts, 'deck' | 'openScenario'>,
	) {
		this.#session = session;
		this.#parts = parts;
	}

	/** Whether there is something here that opening something else would take away. */
	get hasWork(): boolean {
		return this.#parts.deck.components.some((component) => !component.provisional) && !this.#isAsOpened();
	}

	/** Replaces everything by a scenario, and puts its first call into the form. Runs nothing. The error says why it does not open. */
	openScenario = async (scenario: Scenario): Promise<Result<void, string>> => {
		const { selection, console, layout, files } = this.#session;
		const opened = await this.#parts.openScenario(scenario);
		if (!opened.ok) return opened;
		this.#opened = this.#contents();
		const [call] = scenario.calls ?? [];
		const tool = selection.tools.find(({ name }) => name === call?.tool) ?? selection.tools[0];
		if (tool) selection.selectTool(tool);
		if (tool && call) console.setArguments(tool, call.arguments);
		layout.openSide('policy');
		layout.showScenario();
		files.mark();
		return ok(undefined);
	};

	/** Shows what a scenario brought: its first component, and its first saved call; `afresh` fills that in over what is remembered. */
	show = (afresh: boolean) => {
		const { selection, console, files, loads, layout } = this.#session;
		const { components, notes } = this.#parts.deck;
		const [component] = components;
		if (component) loads.show(component);
		if (afresh) layout.showScenario();
		const [call] = notes.calls ?? [];
		const tool =
			call && selection.tools.find((other) => other.component !== null && other.name === call.tool);
		if (!call || !tool?.component) return;
		selection.showPolicyOf(tool.component);
		selection.showTool(tool);
		if (afresh || !console.recallArguments(tool)) console.setArguments(tool, call.arguments);
		files.mark();
	};

	#contents(): readonly unknown[] {
		const { components, engine, world } = this.#parts.deck;
		return [engine, world, ...components.flatMap(({ id, policy }) => [id, policy])];
	}

	#isAsOpened(): boolean {
		const contents = this.#contents();
		return contents.length === this.#opened.length && contents.every((one, at) => one === this.#opened[at]);
	}
}
