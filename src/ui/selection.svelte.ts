import { createSubscriber } from 'svelte/reactivity';
import type { DeckComponent } from '../deck/deck';
import type { ConsoleClient } from '../mcp/client';
import { deckTools, remoteTools, type DeckTool } from './console/deck-tool';
import type { Session } from './session.svelte';

/** What can be called here and at servers elsewhere, and which tool and component of it are open. */
export class Selection {
	readonly #session: Pick<Session, 'live' | 'remotes' | 'layout'>;
	readonly #client: Pick<ConsoleClient, 'tools' | 'onTools'>;
	readonly #toolsChanged: () => void;
	#toolKey = $state<string | null>(null);
	#componentId = $state<string | null>(null);

	tools = $derived.by<readonly DeckTool[]>(() => [
		...deckTools(this.#session.live.components, this.#listed, this.#session.live.deck.notes),
		...this.#session.remotes.servers.flatMap((server) =>
			remoteTools(server, this.#session.remotes.toolsOf(server)),
		),
	]);
	/** The tool in the console; the first one of a component until another is picked. */
	tool = $derived.by<DeckTool | null>(
		() =>
			this.tools.find(({ key }) => key === this.#toolKey) ??
			this.tools.find((tool) => tool.component !== null) ??
			null,
	);
	/** The component whose policy is open. */
	component = $derived.by<DeckComponent | null>(() => {
		const { components } = this.#session.live;
		return components.find(({ id }) => id === this.#componentId) ?? components[0] ?? null;
	});

	constructor(
		session: Pick<Session, 'live' | 'remotes' | 'layout'>,
		client: Pick<ConsoleClient, 'tools' | 'onTools'>,
	) {
		this.#session = session;
		this.#client = client;
		this.#toolsChanged = createSubscriber((update) => client.onTools(update));
	}

	get #listed() {
		this.#toolsChanged();
		return this.#client.tools;
	}

	selectTool = (tool: DeckTool) => {
		this.#toolKey = tool.key;
		if (tool.component) this.#componentId = tool.component.id;
		this.#session.layout.showConsole();
	};

	selectComponent = (component: DeckComponent) => {
		this.#componentId = component.id;
		if (this.tool?.component?.id === component.id) return;
		this.#toolKey = this.#firstKeyOf(component) ?? this.#toolKey;
	};

	/** Makes a component, and its first tool, the ones that are shown. */
	showComponent = (component: DeckComponent) => {
		this.#componentId = component.id;
		this.#toolKey = this.#firstKeyOf(component);
	};

	/** Makes a component's policy the one that is open, and leaves the tool in the console. */
	showPolicyOf = (component: DeckComponent) => {
		this.#componentId = component.id;
	};

	/** Makes a tool the one in the console, and leaves the panes as they are. */
	showTool = (tool: DeckTool) => {
		this.#toolKey = tool.key;
	};

	#firstKeyOf({ id }: DeckComponent): string | null {
		return this.tools.find((tool) => tool.component?.id === id)?.key ?? null;
	}
}
