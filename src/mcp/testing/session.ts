import type { ConsoleClient } from '../client';
import { connectConsole } from '../connect-console';
import type { Era } from '../protocol-client';
import type { McpServerOptions } from '../server';
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
	options: Partial<McpServerOptions> & { readonly era?: Era } = {},
): Promise<Session> {
	const wire: WireMessage[] = [];
	const client = await connectConsole(deck, {
		...{ version: '1.2.3', now: () => 0, onMessage: (message: WireMessage) => void wire.push(message) },
		loadFrom: async () => ({ ok: false, error: 'nothing to load' }),
		registry: [],
		wallNow: () => 1_700_000_000_000,
		later: (run) => {
			queueMicrotask(run);
			return () => {};
		},
		...options,
	});
	return { deck, client, wire };
}
