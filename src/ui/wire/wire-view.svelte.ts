import type { Outgoing, Outlet } from '../../core/outlet';
import { createSubscriber, SvelteSet } from 'svelte/reactivity';
import type { WireLog } from '../../mcp/wire-log';
import type { WireMessage } from '../../mcp/wire';
import { exportWire } from './export-wire';

export type DirectionFilter = 'all' | WireMessage['direction'];
export type KindFilter = 'all' | WireMessage['kind'] | 'failed';

/** What the wire pane shows: the JSON-RPC messages of the session, searched and filtered, with some pinned and one selected. */
export class WireView {
	readonly #log: WireLog;
	readonly #changed: () => void;
	readonly #pinned = new SvelteSet<number>();
	/** Messages that are pinned stay when the log lets them go. */
	#kept = $state.raw<readonly WireMessage[]>([]);
	#selectedId = $state<number | null>(null);

	text = $state('');
	direction = $state<DirectionFilter>('all');
	kind = $state<KindFilter>('all');
	/** A server elsewhere, `page` for the one in the page, or all of them. */
	connection = $state('all');
	filtered = $derived(
		this.text.trim() !== '' || this.direction !== 'all' || this.kind !== 'all' || this.connection !== 'all',
	);
	/** Every connection that a message was seen of, the page's own as `page`. */
	connections = $derived.by(() =>
		this.messages
			.map(({ connection = 'page' }) => connection)
			.filter((connection, at, all) => all.indexOf(connection) === at),
	);
	pinned = $derived.by<readonly WireMessage[]>(() => this.#kept);
	visible = $derived.by(() => {
		const needle = this.text.trim().toLowerCase();
		return this.filtered ? this.messages.filter((message) => this.#fits(message, needle)) : this.messages;
	});
	selected = $derived.by<WireMessage | null>(
		() =>
			this.messages.find(({ id }) => id === this.#selectedId) ??
			this.#kept.find(({ id }) => id === this.#selectedId) ??
			null,
	);

	constructor(log: WireLog) {
		this.#log = log;
		this.#changed = createSubscriber((update) => log.subscribe(update));
	}

	get messages(): readonly WireMessage[] {
		this.#changed();
		return this.#log.messages;
	}

	get dropped(): number {
		this.#changed();
		return this.#log.dropped;
	}

	select = (id: number | null) => {
		this.#selectedId = id;
	};

	isPinned = (id: number): boolean => this.#pinned.has(id);

	/** Keeps a message at the top of the list, whatever is filtered or cleared; once more lets it go. */
	togglePin = (message: WireMessage) => {
		if (this.#pinned.delete(message.id)) this.#kept = this.#kept.filter(({ id }) => id !== message.id);
		else {
			this.#pinned.add(message.id);
			this.#kept = [...this.#kept, message];
		}
	};

	clearFilters = () => {
		this.text = '';
		this.direction = 'all';
		this.kind = 'all';
		this.connection = 'all';
	};

	/** Selects the answer to a request, or the request where there is none. */
	showCall = (rpcId: string | number | null, connection?: string) => {
		this.clearFilters();
		const ofCall = this.messages.filter(
			(message) =>
				message.rpcId === rpcId && message.method === 'tools/call' && message.connection === connection,
		);
		this.#selectedId = ofCall.at(-1)?.id ?? null;
	};

	/** Forgets every message that is not pinned. */
	clear = () => this.#log.clear();

	/** Every message that is shown, as JSON text. */
	export = (outlet: Outlet): Outgoing<string> => exportWire(this.visible, outlet);

	#fits(message: WireMessage, needle: string): boolean {
		if (this.direction !== 'all' && message.direction !== this.direction) return false;
		if (this.kind === 'failed' ? !message.failed : this.kind !== 'all' && message.kind !== this.kind)
			return false;
		if (this.connection !== 'all' && (message.connection ?? 'page') !== this.connection) return false;
		return needle === '' || `${message.method} ${message.text}`.toLowerCase().includes(needle);
	}
}
