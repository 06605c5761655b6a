import { createSubscriber } from 'svelte/reactivity';
import type { ActivityEntry, HostCallEntry, ToolCallEntry } from '../core/activity';
import { printJson } from '../core/json';
import type { Outgoing } from '../core/outlet';
import type { ObservedCall, SavedCall } from '../core/scenario';
import { grant, type Permission, type Suggestion } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { ok, type Result } from '../core/result';
import type { Scenario } from '../core/scenario';
import type { Route, World } from '../core/world';
import type { DeckComponent } from '../deck/deck';
import { ActivityLog } from './activity/activity-log.svelte';
import { Loader } from './components/loader.svelte';
import { mergeWorlds } from './components/merge-worlds';
import { sortFiles } from './components/sort-files';
import { deckTools, remoteTools, type DeckTool } from './console/deck-tool';
import { sharedBy } from './console/shared-by';
import { Console, type Arguments, type Run } from './console/console.svelte';
import type { LoadedSample, SessionParts } from './parts';
import { PolicyDesk } from './policy/policy-desk.svelte';
import { ScenarioDesk, isLinkText } from './scenario-desk.svelte';
import { FilesDesk } from './files/files-desk.svelte';
import { Remotes } from './remote/remotes.svelte';
import { observedOf } from './steps/observed-of';
import { Steps, type StepServer } from './steps/steps.svelte';
import { LessonDesk } from './lessons/lesson-desk.svelte';
import { Layout } from './shell/layout.svelte';
import { Notices } from './shell/notices.svelte';
import { Theme } from './shell/theme.svelte';
import { visibleText } from './text/visible';
import { grantCall } from '../mcp/grant-call';
import { observe } from '../mcp/run-saved-calls';
import type { WireMessage } from '../mcp/wire';
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
	readonly loader: Loader;
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
		this.loader = new Loader(parts);
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
			revisionOf: (id) => this.components.find((component) => component.id === id)?.revision,
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
				offer: (text, undo) => this.notices.say(text, { label: 'Undo', run: undo }),
			},
			() => performance.now(),
		);
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
		if (this.parts.deck.components.length === 0) await this.#loadSample(first.sample, true);
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

	loadSample = (name: string): Promise<void> => this.#loadSample(name, false);

	/** A sample from the gallery: loaded, and shown where only one pane fits. */
	openSample = (name: string): Promise<void> => {
		this.layout.showConsole();
		return this.#loadSample(name, false);
	};

	#loadSample = async (name: string, provisional: boolean): Promise<void> => {
		let call: LoadedSample['call'];
		const component = await this.loader.sample(name, {
			provisional,
			prepare: (sample) => {
				call = sample.call;
				if (sample.world) this.parts.deck.setWorld(mergeWorlds(this.parts.deck.world, sample.world));
			},
		});
		if (!component) return;
		this.#show(component);
		const tool = this.tools.find(
			(other) => other.component?.id === component.id && other.name === call?.tool,
		);
		if (!tool || !call) return;
		this.#toolKey = tool.key;
		if (!this.console.recallArguments(tool)) this.console.setArguments(tool, call.arguments);
		this.files.mark();
	};

	loadAddress = async (address: string): Promise<void> => {
		if (isLinkText(address)) return this.scenarios.opening.link(address);
		const component = await this.loader.address(address);
		if (component) this.#show(component);
	};

	/** Takes in dropped or picked files: components, each with the policy beside it, or a policy for the component that is open. */
	loadFiles = async (files: readonly File[]): Promise<void> => {
		const { components, policyAlone } = await sortFiles(await this.scenarios.takeFiles(files));
		for (const { file, policy } of components) {
			const component = await this.loader.file(file, policy);
			if (component) this.#show(component);
		}
		if (policyAlone === null) return;
		if (this.component) {
			this.parts.deck.setPolicy(this.component.id, policyAlone);
			this.layout.showSide('policy');
		} else this.notices.say('A policy belongs to a component. Load the component first, then the policy.');
	};

	/** Shows what a scenario brought: its first component, and its first saved call; `afresh` fills that in over what is remembered. */
	showOpened = (afresh: boolean) => {
		const [component] = this.parts.deck.components;
		if (component) this.#show(component);
		const [call] = this.parts.deck.notes.calls ?? [];
		const tool = call && this.tools.find((other) => other.component !== null && other.name === call.tool);
		if (!call || !tool) return;
		this.#componentId = tool.component?.id ?? null;
		this.#toolKey = tool.key;
		if (afresh || !this.console.recallArguments(tool))
			this.console.setArguments(tool, call.arguments as Arguments);
		this.files.mark();
	};

	unload = (component: DeckComponent) => {
		this.parts.deck.unload(component.id);
	};

	setWorld = (changes: Partial<World>) => {
		this.parts.deck.setWorld({ ...this.parts.deck.world, ...changes });
	};

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
		if (args) void this.run(tool, args);
	};

	/** Saves what the console holds as a step; what it did, where it was run like that, is what is expected of it. */
	saveCall = () => {
		const { tool } = this;
		const args = tool && this.console.ready(tool);
		if (!tool || !args) return;
		const run = this.console.runOf(tool);
		const isSame = run?.status === 'settled' && printJson(run.args) === printJson(args);
		const entry = this.console.entryOf(this.parts.deck.activity, tool);
		const { deck } = this.parts;
		const activity = (entry && observedOf(deck.activity, entry, deck.outlet)?.activity) ?? [];
		this.#save(tool.name, args, isSame ? observe(run.settled, activity, deck.outlet) : null);
	};

	/** The same for a call of the record. */
	saveEntry = (entry: ToolCallEntry) =>
		this.#save(
			entry.tool,
			entry.arguments as SavedCall['arguments'],
			observedOf(this.parts.deck.activity, entry, this.parts.deck.outlet),
		);

	#save(tool: string, args: SavedCall['arguments'], observed: Outgoing<ObservedCall> | null) {
		if (!this.steps.save(tool, args, observed)) {
			this.notices.say('A scenario holds no more steps than these. Delete some first.');
			return;
		}
		this.notices.say(`Saved as step ${this.steps.calls.length}.`, {
			label: 'Show the steps',
			run: () => this.layout.showDrawer('steps'),
		});
	}

	/** Puts a step into the console. */
	openStep = (call: SavedCall) => {
		const tool = this.tools.find(({ name }) => name === call.tool);
		if (!tool) {
			this.notices.say('The tool of this step is not loaded. Load its component first.');
			return;
		}
		this.selectTool(tool);
		this.console.setArguments(tool, call.arguments as Arguments);
	};

	runSteps = async (only?: number): Promise<void> => {
		// A call of the console under way would be taken for a step.
		if (!this.console.running) await this.steps.run(only);
	};

	connectRemote = async (address: string): Promise<boolean> => {
		const server = await this.remotes.connect(address);
		const tool = server && this.tools.find((other) => other.server?.id === server.id);
		if (tool) this.selectTool(tool);
		return server !== null;
	};

	/** Puts a route that answers as a recorded live response did before the others. */
	keepRoute = (route: Route) => {
		const { routes, network } = this.world;
		this.setWorld({
			routes: [route, ...routes],
			network: network === 'live' ? 'routes-then-live' : network,
		});
		this.notices.say('The response is kept as a route. It answers from now on.', {
			label: 'Undo',
			run: () => this.setWorld({ routes: this.world.routes.filter((other) => other !== route), network }),
		});
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

	/** Makes the narrowest change that allows a denied host call, and the call once more. */
	grant = (entry: ActivityEntry) => {
		const narrowest = entry.kind === 'host-call' ? this.policy.suggestionsFor(entry)[0] : undefined;
		if (narrowest) void this.applyGrant(entry, narrowest, true);
	};

	/** Takes over a changed policy, which a notice offers to take back. */
	applyGrant = async (entry: ActivityEntry, change: Suggestion, andRun: boolean): Promise<void> => {
		const component = this.components.find(({ id }) => id === entry.component);
		if (!component || entry.kind !== 'host-call') return;
		await this.#makeGrant(component, change);
		this.applyPolicy(component, change.newText, change.title);
		const [line] = change.addedLines;
		if (line !== undefined) this.policy.show(line);
		if (andRun) void this.runAgain(entry);
	};

	/** Gives a component another policy text, which a notice offers to take back. `title` says what was done. */
	applyPolicy = (component: DeckComponent, text: string, title: string) => {
		const before = component.policy;
		this.parts.deck.setPolicy(component.id, text);
		this.#componentId = component.id;
		this.notices.say(`${visibleText(title)}.`, {
			label: 'Undo',
			run: () => this.parts.deck.setPolicy(component.id, before),
		});
	};

	/** Through Wassette's own tool, as an agent would, where it makes exactly this change; else it does nothing. */
	async #makeGrant({ id, policy }: DeckComponent, { permission, newText }: Suggestion): Promise<void> {
		const call = permission && grantCall(id, permission);
		const same = call && this.#grantedText(id, policy, permission);
		if (call && same === newText) await this.parts.client.callTool(call.name, call.arguments);
	}

	#grantedText(componentId: string, policy: string | null, permission: Permission): string | null {
		const edit = grant(policy, permission, { componentId, checked: false });
		return edit.ok ? edit.value.newText : null;
	}

	/** Makes the call that a recorded host call belongs to once more. */
	runAgain = async (entry: HostCallEntry): Promise<void> => {
		const call = this.activity.callOf(entry);
		const tool = this.tools.find(
			(other) => other.name === entry.tool && other.component?.id === entry.component,
		);
		if (!call || !tool) {
			this.notices.say('The call is no longer known. Press Run in the console.');
			return;
		}
		this.#toolKey = tool.key;
		await this.run(tool, call.arguments as Arguments);
	};

	#show(component: DeckComponent) {
		this.#componentId = component.id;
		this.#toolKey = this.tools.find((tool) => tool.component?.id === component.id)?.key ?? null;
		this.layout.openSide('policy');
		const shared = component.tools.flatMap(({ name }) => sharedBy(this.components, name) ?? []);
		if (shared.length > 0) this.notices.say(shared[0]!.sentence);
	}
}
