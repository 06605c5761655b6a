import './without-eval';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { err, ok, type Result } from '../core/result';
import { createConsoleClient, type ConsoleClient } from './client';
import { TappedTransport } from './tapped-transport';
import type { WireOptions } from './wire';

export interface RemoteOptions extends WireOptions {
	readonly version: string;
	/** The page's own origin, such as `https://deck.example`. */
	readonly origin: string;
	/** What performs the requests; default the page's `fetch`. */
	readonly fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>;
}

/**
 * Attaches to an MCP server elsewhere over Streamable HTTP. The error says what went wrong and what to do next. Integers beyond 2^53
 * lose digits here, as in any client that reads JSON numbers as doubles.
 */
export async function connectRemote(
	address: string,
	options: RemoteOptions,
): Promise<Result<ConsoleClient, string>> {
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null || !/^https?:$/.test(url.protocol))
		return err(`${address} is not an http or https address, such as http://127.0.0.1:9001/mcp.`);
	if (url.username !== '' || url.password !== '')
		return err('A name and password in the address are not sent. Leave them out.');
	if (options.origin.startsWith('https:') && url.protocol === 'http:' && !isLoopback(url.hostname))
		return err(
			`This page came over https, and the browser lets it reach ${url.host} over https only. Use an https address, or open the page over http.`,
		);
	const transport = new StreamableHTTPClientTransport(url, {
		requestInit: { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' },
		...(options.fetch ? { fetch: options.fetch } : {}),
	});
	try {
		return ok(await createConsoleClient(new TappedTransport(transport, options), options));
	} catch (error) {
		return err(explain(error, url, options.origin));
	}
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function explain(error: unknown, url: URL, origin: string): string {
	// Browsers give a TypeError, and the same one, for a server that is not there and for one that does not admit the page.
	if (error instanceof TypeError)
		return (
			`The browser got no answer from ${url.origin} that it may pass on. Either nothing answers there, or the server does not admit ` +
			`this page: it has to answer preflight requests and send Access-Control-Allow-Origin: ${origin}, allow the headers ` +
			`content-type, mcp-session-id and mcp-protocol-version, and expose mcp-session-id. wassette serve sends none of these: put a ` +
			`proxy before it that adds them.`
		);
	const code = (error as { readonly code?: unknown }).code;
	if (code === 401 || code === 403)
		return `${url.origin} refused the page (${code}). Wassette answers 403 to host names it was not told of (--allowed-host).`;
	if (code === 404 || code === 405)
		return `${url.href} is not an MCP endpoint (${code}). Wassette's is at /mcp.`;
	const words = error instanceof Error ? error.message : String(error);
	return `Connecting to ${url.href} failed: ${words}`;
}
