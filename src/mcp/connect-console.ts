import type { Deck } from '../deck/deck';
import { createConsoleClient, type ConsoleClient } from './client';
import { createLink } from './link';
import type { Era } from './protocol-client';
import { createMcpServer, type McpServerOptions } from './server';
import type { WireOptions } from './wire';

/**
 * Joins a server over a deck and a client in one page, and lists its tools. The one module that a page fetches MCP with: what speaks as from 2026-07-28 on
 * is fetched where it is asked for. `era` is legacy by default.
 */
export async function connectConsole(
	deck: Deck,
	{ era = 'legacy', ...options }: McpServerOptions & WireOptions & { readonly era?: Era },
): Promise<ConsoleClient> {
	const link = createLink(options);
	if (era === 'legacy') {
		await createMcpServer(deck, options).connect(link.server);
		return createConsoleClient(link.client, options);
	}
	const [{ createModernServer }, { connectEitherEra }] = await Promise.all([
		import('./modern-server'),
		import('./either-era'),
	]);
	await createModernServer(deck, options).connect(link.server);
	return createConsoleClient(link.client, { ...options, connect: connectEitherEra });
}
