import type { HostCallEntry, ToolCallEntry } from '../../core/activity';
import type { AccessRequest, Suggestion } from '../../core/policy';
import type { Route } from '../../core/world';
import type { DeckComponent } from '../../deck/deck';
import type { AuthorSurface } from '../author/author-desk.svelte';
import type { Session } from '../session.svelte';

type Desks = Pick<
	Session,
	| 'live'
	| 'selection'
	| 'console'
	| 'calls'
	| 'policy'
	| 'grants'
	| 'saved'
	| 'layout'
	| 'overlays'
	| 'undo'
	| 'activity'
	| 'agents'
> &
	AuthorSurface;

/** The activity pane: the record as it is filtered, and what a person does from one of its entries. */
export class ActivityDesk {
	readonly #session: Desks;

	constructor(session: Desks) {
		this.#session = session;
	}

	get log() {
		return this.#session.activity;
	}

	get layout() {
		return this.#session.layout;
	}

	get policy() {
		return this.#session.policy;
	}

	get engine() {
		return this.#session.live.engine;
	}

	/** A call of the console is under way. */
	get running(): boolean {
		return this.#session.console.running;
	}

	/** The tool in the console, by name; null where there is none. */
	get toolName(): string | null {
		return this.#session.selection.tool?.name ?? null;
	}

	/** Whether anything is there to propose a policy from. */
	get canPropose(): boolean {
		return this.#session.live.deck.activity.some(({ kind }) => kind === 'host-call');
	}

	/** Runs the tool in the console. */
	run = () => this.#session.calls.submit();

	propose = () => this.#session.overlays.open('least-policy');

	clear = () =>
		this.#session.undo.doing('The activity was cleared.', () => this.#session.live.deck.clearActivity());

	/** Ends a call of an agent that is under way. */
	stop = (entry: ToolCallEntry) => this.#session.agents.calls.stop(entry.callId);

	save = (entry: ToolCallEntry) => this.#session.saved.saveEntry(entry);

	grant = (entry: HostCallEntry) => this.#session.grants.grant(entry);

	apply = (entry: HostCallEntry, suggestion: Suggestion, andRun: boolean) =>
		this.#session.grants.apply(entry, suggestion, andRun);

	/** Opens a new tool that makes this request and nothing else. */
	makeSmall = async (request: AccessRequest) => {
		const [{ authorDeskOf }, { smallTool }] = await Promise.all([
			import('../author/author-desk.svelte'),
			import('../../author/starters/small-tool'),
		]);
		authorDeskOf(this.#session).begin(smallTool(request));
		this.#session.overlays.open('new-tool');
	};

	/** The component of an entry; null where it was unloaded. */
	componentOf = (id: string): DeckComponent | null =>
		this.#session.live.components.find((component) => component.id === id) ?? null;

	/** The live response that a host call met, as a route that would answer the same. */
	recordingOf = (entry: HostCallEntry) => this.#session.live.deck.recordingOf(entry.id);

	/** Puts a route that answers as a recorded live response did before the others. */
	keepRoute = (route: Route) => {
		const { live, undo } = this.#session;
		const { routes, network } = live.world;
		undo.doing('The response is kept as a route. It answers from now on.', () =>
			live.setWorld({
				routes: [route, ...routes],
				network: network === 'live' ? 'routes-then-live' : network,
			}),
		);
	};

	/** Opens a component's policy, the one that is open where there is none, at a place. */
	showRule = (component: DeckComponent | null, line: number, column = 1) => {
		const { selection, layout, policy } = this.#session;
		if (component) selection.selectComponent(component);
		layout.showSide('policy');
		policy.show(line, column);
	};
}
