import { createSubscriber } from 'svelte/reactivity';
import type { WireLog } from '../../mcp/wire-log';
import type { WireMessage } from '../../mcp/wire';

/** What the wire pane shows: the JSON-RPC messages of the session, searched, with one selected. */
export class WireView {
	readonly #log: WireLog;
	readonly #changed: () => void;
	#selectedId = $state<number | null>(null);

	text = $state('');
	visible = $derived.by(() => {
		const needle = this.text.trim().toLowerCase();
		return needle === ''
			? this.messages
			: this.messages.filter((message) => `${message.method} ${message.text}`.toLowerCase().includes(needle));
	});
	selected = $derived.by<WireMessage | null>(
		() => this.messages.find(({ id }) => id === this.#selectedId) ?? null,
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

	/** Selects the answer to a request, or the request where there is none. */
	showCall = (rpcId: string | number | null) => {
		this.text = '';
		const ofCall = this.messages.filter(
			(message) => message.rpcId === rpcId && message.method === 'tools/call',
		);
		this.#selectedId = ofCall.at(-1)?.id ?? null;
	};

	clear = () => this.#log.clear();

	/** Every message kept, one JSON text a line. */
	export = (): string => this.messages.map(({ text }) => text).join('\n');
}
