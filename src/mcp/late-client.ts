import type { ConsoleClient, LogMessage, ServerFacts } from './client';
import type { ListedTool } from './tool-listing';

const nobody: ServerFacts = {
	...{ name: '', version: '', instructions: null, capabilities: {} },
	...{ era: 'legacy', protocol: '' },
};

export interface LateClient extends ConsoleClient {
	/** Goes on with another client; the one before is closed when the calls made with it have ended. */
	replaceBy(client: ConsoleClient): void;
}

/**
 * A client that can be used before it is connected, and goes on when it is connected anew: it has no tools until then, calls wait for the connection, and
 * listeners are told of the tools when they are there. Where the connection fails, calls fail with what it failed with.
 */
export function createLateClient(connecting: Promise<ConsoleClient>): LateClient {
	let connected: ConsoleClient | null = null;
	const toolListeners = new Set<(problem: string | null) => void>();
	const logListeners = new Set<(message: LogMessage) => void>();
	const closeListeners = new Set<() => void>();
	const none: readonly ListedTool[] = [];
	/** Settles when no call is under way. */
	let idle: Promise<unknown> = Promise.resolve();
	const failed = connecting.then(
		(client) => {
			use(client);
			return null;
		},
		(error: unknown) => {
			const message = `The console could not be started: ${error instanceof Error ? error.message : String(error)}`;
			toolListeners.forEach((listener) => listener(message));
			return message;
		},
	);

	function use(client: ConsoleClient) {
		const before = connected;
		connected = client;
		const isUsed = () => connected === client;
		client.onTools((problem) => isUsed() && toolListeners.forEach((listener) => listener(problem)));
		client.onLog((message) => isUsed() && logListeners.forEach((listener) => listener(message)));
		client.onClose(() => isUsed() && closeListeners.forEach((listener) => listener()));
		toolListeners.forEach((listener) => listener(null));
		if (before) void idle.then(before.close);
	}

	return {
		get server() {
			return connected?.server ?? nobody;
		},
		get tools() {
			return connected?.tools ?? none;
		},
		onTools: (listener) => subscribe(toolListeners, listener),
		onLog: (listener) => subscribe(logListeners, listener),
		onClose: (listener) => subscribe(closeListeners, listener),
		refresh: async () => (connected ?? (await connecting)).refresh(),
		async callTool(name, args, options) {
			const message = await failed;
			if (!connected) return { status: 'failed', message: message ?? '', rpcId: null };
			const call = connected.callTool(name, args, options);
			idle = Promise.allSettled([idle, call]);
			return call;
		},
		close: async () => (connected ?? (await connecting)).close(),
		replaceBy: use,
	};
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
