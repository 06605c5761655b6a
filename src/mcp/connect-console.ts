import type { Deck } from '../deck/deck';
import { createConsoleClient, type ConsoleClient } from './client';
import { createLink } from './link';
import { createMcpServer, type McpServerOptions } from './server';
import type { WireOptions } from './wire';

/** Joins a server over a deck and a client in one page, and lists its tools. The one module that a page fetches MCP with. */
export async function connectConsole(
	deck: Deck,
	options: McpServerOptions & WireOptions,
): Promise<ConsoleClient> {
	const link = createLink(options);
	await createMcpServer(deck, options).connect(link.server);
	return createConsoleClient(link.client, options);
}
