import { createConsoleClient, type ConsoleClient } from '../client';
import { createLink } from '../link';
import { createMcpServer, type McpServerOptions } from '../server';
import type { WireMessage } from '../wire';
import { FakeDeck } from './fake-deck';

export interface Session {
	readonly deck: FakeDeck;
	readonly client: ConsoleClient;
	readonly wire: readonly WireMessage[];
}

/** A client and a server over a fake deck, joined as the page joins them. Nothing in it waits for a clock. */
export async function openSession(
	deck = new FakeDeck(),
	options: Partial<McpServerOptions> = {},
): Promise<Session> {
	const wire: WireMessage[] = [];
	const link = createLink({ now: () => 0, onMessage: (message) => wire.push(message) });
	const server = createMcpServer(deck, {
		version: '1.2.3',
		loadFrom: async () => ({ ok: false, error: 'nothing to load' }),
		registry: [],
		wallNow: () => 1_700_000_000_000,
		later: (run) => {
			queueMicrotask(run);
			return () => {};
		},
		...options,
	});
	await server.connect(link.server);
	const client = await createConsoleClient(link.client, { version: '1.2.3' });
	return { deck, client, wire };
}
