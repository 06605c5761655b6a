import { propertyOf } from '../core/property-of';
import './without-eval';
import { StreamableHTTPClientTransport as EitherTransport } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { HttpFailure } from '../core/call';
import { err, ok, type Result } from '../core/result';
import { createConsoleClient, type ConsoleClient } from './client';
import { connectEitherEra } from './either-era';
import type { ConnectProtocol } from './protocol-client';
import { TappedTransport } from './tapped-transport';
import { watchFetch, type Fetch } from './watch-fetch';
import type { WireOptions } from './wire';

export interface RemoteOptions extends WireOptions {
	readonly version: string;
	/** The page's own origin, such as `https://deck.example`. */
	readonly origin: string;
	/** The origin that requests carry, where it is not the page's: `null` from a frame with an origin of its own. */
	readonly requestOrigin?: string;
	/** What performs the requests; default the page's `fetch`. */
	readonly fetch?: Fetch;
	/** Told, in a sentence, when a server that was there is there no longer. Calls that wait for it end in an error. */
	readonly onLost?: (message: string) => void;
}

/**
 * Attaches to an MCP server elsewhere over Streamable HTTP. The error says what went wrong and what to do next. Integers beyond 2^53
 * lose digits here, as in any client that reads JSON numbers as doubles.
 */
export async function connectRemote(
	address: string,
	options: RemoteOptions,
): Promise<Result<ConsoleClient, string>> {
	const checked = readAddress(address, options.origin);
	if (!checked.ok) return checked;
	const url = checked.value;
	try {
		return ok(await connect(url, options, LeavingEither, connectEitherEra));
	} catch {
		// A server of before may refuse to be asked what it speaks, by the headers of the question alone. It is greeted as it was always.
		try {
			return ok(await connect(url, options, LeavingTransport));
		} catch (error) {
			return err(explain(error, url, options));
		}
	}
}

type Leaving = new (
	url: URL,
	options: ConstructorParameters<typeof StreamableHTTPClientTransport>[1],
) => Transport;

async function connect(
	url: URL,
	options: RemoteOptions,
	LeavingTransport: Leaving,
	protocol?: ConnectProtocol,
): Promise<ConsoleClient> {
	/** Requests whose stream broke off, which the transport tries to take up again. */
	const orphans = new Set<RequestId>();
	let connected = false;
	const lost = (message: string) => {
		if (connected) options.onLost?.(message);
	};
	const broken = `The connection to ${url.host} broke off before it answered.`;
	const fail = (ids: Iterable<RequestId>) => {
		for (const id of ids)
			tapped.onmessage?.({
				jsonrpc: '2.0',
				id,
				error: { code: ErrorCode.ConnectionClosed, message: broken },
			});
	};
	const transport = new LeavingTransport(url, {
		requestInit: { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' },
		fetch: watchFetch(options.fetch ?? ((to, init) => fetch(to, init)), {
			onUnreachable: (error) => {
				if (!connected) return error;
				const words = explain(error, url, options);
				lost(words);
				return new TypeError(words);
			},
			onForgotten: () => lost(`${url.host} no longer knows this session. Connect again.`),
			onCutOff: (ids, resumable) => {
				if (resumable) ids.forEach((id) => orphans.add(id));
				else fail(ids);
			},
		}),
	});
	const tapped = new TappedTransport(transport, options);
	// The client puts a handler of its own in front of this one.
	tapped.onerror = (error) => {
		if (!error.message.startsWith('Maximum reconnection attempts')) return;
		fail(orphans);
		orphans.clear();
		lost(`The connection to ${url.host} broke off, and could not be taken up again.`);
	};
	const client = await createConsoleClient(tapped, { ...options, connect: protocol });
	connected = true;
	return client;
}

/** How long a server may take to hear that a session is over, in milliseconds. */
const leaveMs = 1_000;

/** Tells the server when it leaves. */
class LeavingTransport extends StreamableHTTPClientTransport {
	override async close(): Promise<void> {
		await leave(this);
		await super.close();
	}
}

/** The same, of the library that speaks to either era; in the newer one there is no session to end. */
class LeavingEither extends EitherTransport {
	override async close(): Promise<void> {
		await leave(this);
		await super.close();
	}
}

async function leave(transport: StreamableHTTPClientTransport | EitherTransport): Promise<void> {
	if (transport.sessionId === undefined) return;
	const left = transport.terminateSession().catch(() => {});
	await Promise.race([left, new Promise((resolve) => setTimeout(resolve, leaveMs))]);
}

/** An address that this page could connect to, or why it could not. */
export function readAddress(address: string, origin: string): Result<URL, string> {
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null || !/^https?:$/.test(url.protocol))
		return err(`${address} is not an http or https address, such as http://127.0.0.1:9001/mcp.`);
	if (url.username !== '' || url.password !== '')
		return err('A name and password in the address are not sent. Leave them out.');
	if (origin.startsWith('https:') && url.protocol === 'http:' && !isLoopback(url.hostname))
		return err(
			`This page came over https, and the browser lets it reach ${url.host} over https only (mixed content). Use an https address, or open the page over http.`,
		);
	return ok(url);
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function explain(error: unknown, url: URL, { origin, requestOrigin = origin }: RemoteOptions): string {
	const failure = (error as { readonly failure?: HttpFailure }).failure;
	const allowed =
		requestOrigin === 'null' ? '* (the requests come from a frame whose origin is null)' : requestOrigin;
	const cors =
		`it has to answer preflight requests and send Access-Control-Allow-Origin: ${allowed}, allow the headers content-type, ` +
		`mcp-session-id, mcp-protocol-version, mcp-method and mcp-name, and expose mcp-session-id. wassette serve sends none of these: put a proxy before it ` +
		`that adds them.`;
	switch (failure?.cause) {
		case 'cors':
			return `${url.origin} is there, but does not admit this page (CORS): ${cors}`;
		case 'unreachable':
			return `Nothing answers at ${url.origin}. Check the address, and that the server is running.`;
		case 'mixed-content':
		case 'offline':
		case 'redirect':
			return `${url.origin} could not be reached. ${failure.detail ?? ''}`.trim();
		default:
			break;
	}
	// Browsers give a TypeError, and the same one, for a server that is not there and for one that does not admit the page.
	if (error instanceof TypeError)
		return (
			`The browser got no answer from ${url.origin} that it may pass on. Either nothing answers there, or the server does not admit ` +
			`this page: ${cors}`
		);
	const code = propertyOf(error, 'code');
	if (code === 401 || code === 403)
		return `${url.origin} refused the page (${code}). Wassette answers 403 to host names it was not told of (--allowed-host).`;
	if (code === 404 || code === 405)
		return `${url.href} is not an MCP endpoint (${code}). Wassette's is at /mcp.`;
	const words = error instanceof Error ? error.message : String(error);
	return `Connecting to ${url.href} failed: ${words}`;
}
