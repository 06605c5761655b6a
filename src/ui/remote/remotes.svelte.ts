import { createSubscriber } from 'svelte/reactivity';
import type { Result } from '../../core/result';
import type { ConsoleClient } from '../../mcp/client';
import type { ListedTool } from '../../mcp/tool-listing';

/** What a server elsewhere is to the page. Replaced, never mutated. */
export interface RemoteServer {
	readonly id: number;
	readonly address: string;
	/** Host and port: what its tools, its steps and its messages are listed under. */
	readonly name: string;
	/** As the server names itself. */
	readonly title: string;
	readonly client: ConsoleClient;
	/** Why it is there no longer; null while it is. */
	readonly problem: string | null;
}

/** An attempt to connect, or why there is none. */
export type ConnectAttempt =
	| { readonly status: 'idle' }
	| { readonly status: 'connecting'; readonly address: string }
	| { readonly status: 'failed'; readonly message: string };

/** Connects to the MCP server at an address. The error is a sentence that says what to do next. */
export type ConnectRemote = (
	address: string,
	hooks: { readonly name: string; readonly onLost: (message: string) => void },
) => Promise<Result<ConsoleClient, string>>;

/** MCP servers elsewhere that the console is connected to beside the one in the page. */
export class Remotes {
	readonly #connect: ConnectRemote;
	#servers = $state.raw<readonly RemoteServer[]>([]);
	#attempt = $state.raw<ConnectAttempt>({ status: 'idle' });
	#attemptId = 0;
	#lastId = 0;
	readonly #toolsChanged: () => void;
	#update: (() => void) | null = null;

	servers = $derived(this.#servers);
	attempt = $derived(this.#attempt);

	constructor(connect: ConnectRemote) {
		this.#connect = connect;
		this.#toolsChanged = createSubscriber((update) => {
			this.#update = update;
			return () => (this.#update = null);
		});
	}

	/** The tools of a server as it lists them now. */
	toolsOf = (server: RemoteServer): readonly ListedTool[] => {
		this.#toolsChanged();
		return server.client.tools;
	};

	/** Connects, and lists the server's tools. A server that is connected already is connected anew. Returns null where that failed; `attempt` says why. */
	connect = async (address: string): Promise<RemoteServer | null> => {
		const attempt = ++this.#attemptId;
		const id = ++this.#lastId;
		const name = nameOf(address);
		this.#attempt = { status: 'connecting', address };
		const connected = await this.#connect(address, {
			name,
			onLost: (problem) => this.#replace(id, (server) => ({ ...server, problem })),
		});
		if (attempt !== this.#attemptId) {
			if (connected.ok) void connected.value.close();
			return null;
		}
		if (!connected.ok) {
			this.#attempt = { status: 'failed', message: connected.error };
			return null;
		}
		const client = connected.value;
		client.onTools(() => this.#update?.());
		const { name: title } = client.server;
		const server: RemoteServer = { id, address, name, title, client, problem: null };
		for (const other of this.#servers) if (other.address === address) this.disconnect(other.id);
		this.#servers = [...this.#servers, server];
		this.#attempt = { status: 'idle' };
		return server;
	};

	/** Forgets an attempt: one that is under way comes to nothing. */
	giveUp = () => {
		this.#attemptId += 1;
		this.#attempt = { status: 'idle' };
	};

	disconnect = (id: number) => {
		const server = this.#servers.find((other) => other.id === id);
		this.#servers = this.#servers.filter((other) => other.id !== id);
		void server?.client.close().catch(() => {});
	};

	#replace(id: number, change: (server: RemoteServer) => RemoteServer) {
		this.#servers = this.#servers.map((server) => (server.id === id ? change(server) : server));
	}
}

const nameOf = (address: string) => (URL.canParse(address) ? new URL(address).host : address);
