import type { ConsoleClient, ServerFacts } from './client';
import type { ListedTool } from './tool-listing';

const nobody: ServerFacts = {
	...{ name: '', version: '', instructions: null, capabilities: {} },
	...{ era: 'legacy', protocol: '' },
};

/**
 * A client that can be used before it is connected: it has no tools until then, calls wait for the connection, and listeners are told of
 * the tools when they are there. Where the connection fails, calls fail with what it failed with.
 */
export function createLateClient(connecting: Promise<ConsoleClient>): ConsoleClient {
	let connected: ConsoleClient | null = null;
	const toolListeners = new Set<(problem: string | null) => void>();
	const none: readonly ListedTool[] = [];
	const failed = connecting.then(
		(client) => {
			connected = client;
			client.onTools((problem) => toolListeners.forEach((listener) => listener(problem)));
			toolListeners.forEach((listener) => listener(null));
			return null;
		},
		(error: unknown) => {
			const message = `The console could not be started: ${error instanceof Error ? error.message : String(error)}`;
			toolListeners.forEach((listener) => listener(message));
			return message;
		},
	);

	/** Subscribes once there is something to subscribe to, unless it was taken back before. */
	function later(subscribe: (client: ConsoleClient) => () => void): () => void {
		let stop: (() => void) | null = null;
		let stopped = false;
		void failed.then(() => {
			if (connected && !stopped) stop = subscribe(connected);
		});
		return () => {
			stopped = true;
			stop?.();
		};
	}

	return {
		get server() {
			return connected?.server ?? nobody;
		},
		get tools() {
			return connected?.tools ?? none;
		},
		onTools(listener) {
			toolListeners.add(listener);
			return () => toolListeners.delete(listener);
		},
		onLog: (listener) => later((client) => client.onLog(listener)),
		onClose: (listener) => later((client) => client.onClose(listener)),
		refresh: async () => (await connecting).refresh(),
		async callTool(name, args, options) {
			const message = await failed;
			return connected
				? connected.callTool(name, args, options)
				: { status: 'failed', message: message ?? '', rpcId: null };
		},
		close: async () => (await connecting).close(),
	};
}
