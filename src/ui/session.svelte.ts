import { createSubscriber } from 'svelte/reactivity';
import type { ActivityEntry, HostCallEntry } from '../core/activity';
import type { Suggestion } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import type { World } from '../core/world';
import type { DeckComponent } from '../deck/deck';
import { ActivityLog } from './activity/activity-log.svelte';
import { Comparison } from './compare/comparison.svelte';
import { Loader } from './components/loader.svelte';
import { mergeWorlds } from './components/merge-worlds';
import { sortFiles } from './components/sort-files';
import { deckTools, type DeckTool } from './console/deck-tool';
import { Console, type Arguments, type Run } from './console/console.svelte';
import type { LoadedSample, SessionParts } from './parts';
import { PolicyDesk } from './policy/policy-desk.svelte';
import { ScenarioDesk, isLinkText } from './scenario-desk.svelte';
import { FilesDesk } from './files/files-desk.svelte';
import { Layout } from './shell/layout.svelte';
import { Notices } from './shell/notices.svelte';
import { Theme } from './shell/theme.svelte';
import { visibleText } from './text/visible';
import type { WireMessage } from '../mcp/wire';
import { WhatIf } from './what-if/what-if.svelte';
import { callOnWire } from './wire/call-on-wire';
import { WireView } from './wire/wire-view.svelte';

export type Overlay =
	| 'palette'
	| 'shortcuts'
	| 'help'
	| 'address'
	| 'least-policy'
	| 'compare'
	| 'inspect'
	| 'share'
	| 'sessions'
	| 'verify'
	| null;

/** What the page is about to show first: a sample, and nothing run. */
export interface FirstVisit {
	readonly sample: string;
}

/** Everything the page shows and does, over one deck. Panes read it and call its verbs; they know no MCP and no sandbox. */
export class Session {
	readonly parts: SessionParts;
	readonly layout = new Layout();
	readonly theme = new Theme();
	readonly notices = new Notices();
	readonly loader: Loader;
	readonly console: Console;
	readonly comparison: Comparison;
	readonly activity: ActivityLog;
	readonly policy: PolicyDesk;
	readonly whatIf: WhatIf;
	readonly files: FilesDesk;
	readonly wire: WireView;
	readonly scenarios: ScenarioDesk;
	readonly #deckChanged: () => void;

	#toolKey = $state<string | null>(null);
	#componentId = $state<string | null>(null);
	readonly #toolsChanged: () => void;

	/** The dialog that is open. */
	overlay = $state<Overlay>(null);
	tools = $derived.by(() => deckTools(this.components, this.#listed));
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
		this.console = new Console(parts.client, () => performance.now());
		this.policy = new PolicyDesk(this);
		this.whatIf = new WhatIf(this);
		this.comparison = new Comparison(this, () => performance.now());
		this.activity = new ActivityLog({
			get activity() {
				return session.deck.activity;
			},
			revisionOf: (id) => this.components.find((component) => component.id === id)?.revision,
			differs: (entry) => this.policy.differs(entry),
		});
		this.files = new FilesDesk(this);
		this.wire = new WireView(parts.wire);
		this.scenarios = new ScenarioDesk(this);
		this.#toolsChanged = createSubscriber((update) => parts.client.onTools(update));
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- the getter above has a `this` of its own
		const session = this;
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

	run = (tool: DeckTool, args: Arguments): Promise<void> => {
		this.layout.openDrawer('activity');
		return this.console.run(tool, args);
	};

	/** Runs the tool in the console with what its form holds; does nothing where that does not fit, which the form says. */
	submit = () => {
		const { tool } = this;
		const args = tool && this.console.ready(tool);
		if (args) void this.run(tool, args);
	};

	/** Opens the wire at the answer to a run. */
	showOnWire = (run: Extract<Run, { status: 'settled' }>) => {
		this.wire.showCall(run.settled.rpcId);
		this.layout.showDrawer('wire');
	};

	/** Sends a `tools/call` that crossed the wire once more, through the console. */
	replay = (message: WireMessage) => {
		const call = callOnWire(message);
		const tool = call && this.tools.find(({ name }) => name === call.name);
		if (!call || !tool) {
			this.notices.say('The tool of this call is not loaded. Load its component first.');
			return;
		}
		this.selectTool(tool);
		this.console.setArguments(tool, call.arguments);
		void this.run(tool, call.arguments);
	};

	/** Makes the narrowest change that allows a denied host call, and the call once more. */
	grant = (entry: ActivityEntry) => {
		const narrowest = entry.kind === 'host-call' ? this.policy.suggestionsFor(entry)[0] : undefined;
		if (narrowest) this.applyGrant(entry, narrowest, true);
	};

	/** Takes over a changed policy, which a notice offers to take back. */
	applyGrant = (entry: ActivityEntry, change: Suggestion, andRun: boolean) => {
		const component = this.components.find(({ id }) => id === entry.component);
		if (!component || entry.kind !== 'host-call') return;
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
	}
}
