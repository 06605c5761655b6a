import { createSubscriber } from 'svelte/reactivity';
import { printJson } from '../core/json';
import { handsAllOver } from '../core/policy';
import { policyInForce } from '../deck/policy-in-force';
import type { EngineId } from '../core/policy/types';
import { ok, type Result } from '../core/result';
import type { Scenario } from '../core/scenario';
import type { Route, World } from '../core/world';
import type { DeckComponent } from '../deck/deck';
import { ActivityLog } from './activity/activity-log.svelte';
import { deckTools, remoteTools, type DeckTool } from './console/deck-tool';
import { Console, type Arguments, type Run } from './console/console.svelte';
import { LoadDesk } from './components/load-desk';
import type { SessionParts } from './parts';
import { GrantDesk } from './policy/grant-desk';
import { PolicyDesk } from './policy/policy-desk.svelte';
import { ScenarioDesk } from './scenario-desk.svelte';
import { FilesDesk } from './files/files-desk.svelte';
import { Remotes } from './remote/remotes.svelte';
import { StepDesk } from './steps/step-desk';
import { Steps, type StepServer } from './steps/steps.svelte';
import { LessonDesk } from './lessons/lesson-desk.svelte';
import { Layout } from './shell/layout.svelte';
import { Notices } from './shell/notices.svelte';
import { Theme } from './shell/theme.svelte';
import type { WireMessage } from '../mcp/wire';
import { UndoDesk } from './undo/undo-desk.svelte';
import { WhatIf } from './what-if/what-if.svelte';
import { callOnWire } from './wire/call-on-wire';
import { WireView } from './wire/wire-view.svelte';

export type Overlay =
	| 'palette'
	| 'shortcuts'
	| 'help'
	| 'address'
	| 'gallery'
	| 'least-policy'
	| 'compare'
	| 'inspect'
	| 'remote'
	| 'index'
	| 'share'
	| 'sessions'
	| 'verify'
	| 'wassette'
	| 'surprises'
	| null;

/** What the page is about to show first: a sample, and nothing run. */
export interface FirstVisit {
	readonly sample: string;
	/** Told at once where nothing in the address stands before it: the sample may be needed. */
	readonly expected?: () => void;
	/** Told once components are about to be loaded and no question stands before it. */
	readonly beforeLoading?: () => void;
}

/** Everything the page shows and does, over one deck. Panes read it and call its verbs; they know no MCP and no sandbox. */
export class Session {
	readonly parts: SessionParts;
	readonly layout = new Layout();
	readonly theme = new Theme();
	readonly notices = new Notices();
	readonly undo: UndoDesk;
	readonly loads: LoadDesk;
	readonly grants: GrantDesk;
	readonly saved: StepDesk;
	readonly console: Console;
	readonly activity: ActivityLog;
	readonly policy: PolicyDesk;
	readonly whatIf: WhatIf;
	readonly files: FilesDesk;
	readonly wire: WireView;
	readonly remotes: Remotes;
	readonly steps: Steps;
	readonly lessons: LessonDesk;
	readonly scenarios: ScenarioDesk;
	readonly #deckChanged: () => void;

	#toolKey = $state<string | null>(null);
	#componentId = $state<string | null>(null);
	readonly #toolsChanged: () => void;

	/** The dialog that is open. */
	overlay = $state<Overlay>(null);
	/** Run was pressed, and would hand everything over because the policy does not parse: it waits for `submitAnyway`. */
	asksHandOver = $state(false);
	#allowedRevision: number | null = null;
	tools = $derived.by(() => [
		...deckTools(this.components, this.#listed),
		...this.remotes.servers.flatMap((server) => remoteTools(server, this.remotes.toolsOf(server))),
	]);
	/** The tool in the console; the first one of a component until another is picked. */
	tool = $derived.by<DeckTool | null>(
		() =>
			this.tools.find(({ key }) => key === this.#toolKey) ??
			this.tools.find((tool) => tool.component !== null) ??
			null,
	);
	/** The component whose policy is open. */
	component = $derived.by<DeckComponent | null>(
		() => this.components.find(({ id }) => id === this.#componentId) ?? this.components[0] ?? null,
	);

	constructor(parts: SessionParts) {
		this.parts = parts;
		this.#deckChanged = createSubscriber((update) => parts.deck.subscribe(update));
		parts.deck.subscribe(this.#leave(parts.deck.session));
		this.undo = new UndoDesk(parts.deck, this.notices);
		this.loads = new LoadDesk(this);
		this.grants = new GrantDesk(this);
		this.saved = new StepDesk(this);
		this.console = new Console(
			parts.client,
			() => performance.now(),
			() => parts.deck.outlet,
		);
		this.policy = new PolicyDesk(this);
		this.whatIf = new WhatIf(this);
		this.activity = new ActivityLog({
			get activity() {
				return session.deck.activity;
			},
			componentOf: (id) => this.components.find((component) => component.id === id),
			differs: (entry) => this.policy.differs(entry),
		});
		this.files = new FilesDesk(this);
		this.wire = new WireView(parts.wire);
		this.remotes = new Remotes(parts.connectRemote);
		this.lessons = new LessonDesk(this);
		this.scenarios = new ScenarioDesk(this);
		this.#toolsChanged = createSubscriber((update) => parts.client.onTools(update));
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- the getter above has a `this` of its own
		const session = this;
		this.steps = new Steps(
			{
				get deck() {
					return session.deck;
				},
				get servers() {
					return session.#stepServers;
				},
				get signature() {
					return session.#signature;
				},
				doing: this.undo.doing,
			},
			() => performance.now(),
		);
	}

	/** What belongs to a session goes with it. */
	#leave(left: number): () => void {
		return () => {
			const { session } = this.parts.deck;
			if (session === left) return;
			left = session;
			this.notices.leaveSession();
			const stopped = this.console.leaveSession() ?? (this.steps.running ? 'steps' : null);
			this.steps.leaveSession();
			if (stopped)
				this.notices.say(
					`The session was replaced while ${stopped} ran, so what ran was stopped and its result dropped.`,
				);
		};
	}

	/** The deck, read so that what depends on it follows its changes. */
	get deck() {
		this.#deckChanged();
		return this.parts.deck;
	}

	get #listed() {
		this.#toolsChanged();
		return this.parts.client.tools;
	}

	/** Where steps run: in this page, and at every server elsewhere that is there. */
	#stepServers = $derived.by<readonly StepServer[]>(() => [
		{ key: 'page', name: 'this page', client: this.parts.client, record: this.parts.deck },
		...this.remotes.servers
			.filter(({ problem }) => problem === null)
			.map(({ id, name, client }) => ({ key: `remote/${id}`, name, client, record: null })),
	]);

	#signature = $derived.by(() =>
		printJson([this.engine, ...this.components.map(({ id, sha256, policy }) => [id, sha256, policy])]),
	);

	get components(): readonly DeckComponent[] {
		return this.deck.components;
	}

	get engine(): EngineId {
		return this.deck.engine;
	}

	get world(): World {
		return this.deck.world;
	}

	/** Loads what a first visit shows. Runs nothing. */
	start = async (first: FirstVisit): Promise<void> => {
		if (this.parts.deck.components.length === 0) await this.loads.sample(first.sample, true);
	};

	/** Whether there is something here that opening something else would take away. */
	get hasWork(): boolean {
		return this.components.some((component) => !component.provisional) && !this.#isAsOpened();
	}

	/** Replaces everything by a scenario, and puts its first call into the form. Runs nothing. The error says why it does not open. */
	openScenario = async (scenario: Scenario): Promise<Result<void, string>> => {
		const opened = await this.parts.openScenario(scenario);
		if (!opened.ok) return opened;
		this.#opened = this.#contents();
		const [call] = scenario.calls ?? [];
		const tool = this.tools.find(({ name }) => name === call?.tool) ?? this.tools[0];
		if (tool) this.selectTool(tool);
		if (tool && call) this.console.setArguments(tool, call.arguments as Arguments);
		this.layout.openSide('policy');
		this.files.mark();
		return ok(undefined);
	};

	#opened: readonly unknown[] = [];

	#contents(): readonly unknown[] {
		const { components, engine, world } = this.parts.deck;
		return [engine, world, ...components.flatMap(({ id, policy }) => [id, policy])];
	}

	#isAsOpened(): boolean {
		const contents = this.#contents();
		return contents.length === this.#opened.length && contents.every((one, at) => one === this.#opened[at]);
	}

	selectTool = (tool: DeckTool) => {
		this.#toolKey = tool.key;
		if (tool.component) this.#componentId = tool.component.id;
		this.layout.showConsole();
	};

	selectComponent = (component: DeckComponent) => {
		this.#componentId = component.id;
		if (this.tool?.component?.id === component.id) return;
		this.#toolKey = this.tools.find((tool) => tool.component?.id === component.id)?.key ?? this.#toolKey;
	};

	/** Shows what a scenario brought: its first component, and its first saved call; `afresh` fills that in over what is remembered. */
	showOpened = (afresh: boolean) => {
		const [component] = this.parts.deck.components;
		if (component) this.loads.show(component);
		const [call] = this.parts.deck.notes.calls ?? [];
		const tool = call && this.tools.find((other) => other.component !== null && other.name === call.tool);
		if (!call || !tool) return;
		this.#componentId = tool.component?.id ?? null;
		this.#toolKey = tool.key;
		if (afresh || !this.console.recallArguments(tool))
			this.console.setArguments(tool, call.arguments as Arguments);
		this.files.mark();
	};

	/** Says why where it is more than a world takes; then it stays as it was. */
	setWorld = (changes: Partial<World>): Result<void, string> =>
		this.parts.deck.setWorld({ ...this.parts.deck.world, ...changes });

	run = async (tool: DeckTool, args: Arguments): Promise<void> => {
		// A step under way would be taken for this call, or this call for it.
		if (this.steps.running) return;
		this.layout.openDrawer(tool.server ? 'wire' : 'activity');
		return this.console.run(tool, args);
	};

	/** Runs the tool in the console with what its form holds; does nothing where that does not fit, which the form says. */
	submit = () => {
		const { tool } = this;
		const args = tool && this.console.ready(tool);
		if (!args) return;
		// A policy that breaks while it is edited hands everything over at the next call: that takes a word of its own.
		const needsWord = this.handsOver === 'broken' && this.#allowedRevision !== tool.component?.revision;
		this.asksHandOver = needsWord;
		if (!needsWord) void this.run(tool, args);
	};

	/** Runs although the policy does not parse, and keeps that word until the policy changes. */
	submitAnyway = () => {
		this.#allowedRevision = this.tool?.component?.revision ?? null;
		this.submit();
	};

	/** Whether the tool's component is handed every variable there is, and why. */
	get handsOver(): 'none' | 'broken' | null {
		const component = this.tool?.component;
		return component && this.world.variables.size > 0
			? handsAllOver(policyInForce(component), this.engine)
			: null;
	}

	connectRemote = async (address: string): Promise<boolean> => {
		const server = await this.remotes.connect(address);
		const tool = server && this.tools.find((other) => other.server?.id === server.id);
		if (tool) this.selectTool(tool);
		return server !== null;
	};

	clearActivity = () => this.undo.doing('The activity was cleared.', () => this.parts.deck.clearActivity());

	/** Puts a route that answers as a recorded live response did before the others. */
	keepRoute = (route: Route) => {
		const { routes, network } = this.world;
		this.undo.doing('The response is kept as a route. It answers from now on.', () =>
			this.setWorld({
				routes: [route, ...routes],
				network: network === 'live' ? 'routes-then-live' : network,
			}),
		);
	};

	/** Opens the wire at the answer to a run. */
	showOnWire = (tool: DeckTool, run: Extract<Run, { status: 'settled' }>) => {
		this.wire.showCall(run.settled.rpcId, tool.server?.name);
		this.layout.showDrawer('wire');
	};

	/** Sends a `tools/call` that crossed the wire once more, through the console. */
	replay = (message: WireMessage) => {
		const call = callOnWire(message);
		const tool =
			call &&
			this.tools.find(({ name, server }) => name === call.name && server?.name === message.connection);
		if (!call || !tool) {
			this.notices.say(
				message.connection
					? `The page is not connected to ${message.connection} any more, or it has no such tool.`
					: 'The tool of this call is not loaded. Load its component first.',
			);
			return;
		}
		this.selectTool(tool);
		this.console.setArguments(tool, call.arguments);
		void this.run(tool, call.arguments);
	};

	/** Makes a component, and its first tool, the ones that are shown. */
	showComponent = (component: DeckComponent) => {
		this.#componentId = component.id;
		this.#toolKey = this.tools.find((tool) => tool.component?.id === component.id)?.key ?? null;
	};

	/** Makes a component's policy the one that is open, and leaves the tool in the console. */
	showPolicyOf = (component: DeckComponent) => {
		this.#componentId = component.id;
	};

	/** Makes a tool the one in the console, and leaves the panes as they are. */
	showTool = (tool: DeckTool) => {
		this.#toolKey = tool.key;
	};
}
