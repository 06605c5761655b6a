import { randomUUID } from 'node:crypto';

/** Requests under way at once. */
const mostRequests = 256;
/** Between comments that keep a stream from being cut, in milliseconds. */
const keepAliveMs = 15_000;

/** What a request names beside its method, by method: the header `Mcp-Name` says the same. */
const named = { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' };
/** Errors of the protocol itself, which HTTP says as well; all others are answers. */
const statuses = { [-32601]: 404, [-32600]: 400, [-32700]: 400, [-32020]: 400, [-32021]: 400, [-32022]: 400 };

/**
 * Requests as from protocol 2026-07-28 on: each is a connection of the page by itself, which ends with it. What the page answers is handed on as it wrote it: as
 * JSON, or as a stream of events once there is something to tell before. `only` is the era that is served, null for either.
 */
export async function createModern({ page, only }) {
	const { classifyInboundRequest } = await import('@modelcontextprotocol/server');
	/** By connection. */
	const exchanges = new Map();

	/** Serves a request, and says whether it was one of this era. */
	async function handle(request, response, text, body) {
		if (only === 'legacy') return false;
		const { headers } = request;
		const route = classifyInboundRequest({
			httpMethod: request.method,
			protocolVersionHeader: headers['mcp-protocol-version'],
			mcpMethodHeader: headers['mcp-method'],
			mcpNameHeader: headers['mcp-name'],
			body,
		});
		if (route.kind === 'legacy') {
			if (only !== 'modern') return false;
			fail(response, body, 400, -32022, 'Unsupported protocol version', { supported: ['2026-07-28'] });
			return true;
		}
		const refused =
			route.kind === 'reject'
				? { status: route.httpStatus, ...route }
				: route.messageKind === 'request' && missingHeader(headers, body);
		if (refused) fail(response, body, refused.status, refused.code, refused.message, refused.data);
		// A notification is about a connection, and there is none.
		else if (route.messageKind !== 'request') response.writeHead(202).end();
		else if (exchanges.size >= mostRequests) response.writeHead(503, { 'retry-after': '1' }).end();
		else await serve(response, text, body.id);
		return true;
	}

	async function serve(response, text, id) {
		const connection = `request ${randomUUID()}`;
		const exchange = { response, id, alive: null };
		exchanges.set(connection, exchange);
		// Whoever asked is gone, or has its answer.
		response.once('close', () => {
			clearInterval(exchange.alive);
			exchanges.delete(connection);
			void page.disconnect(connection).catch(() => {});
		});
		await page.connect(connection, 'agents over HTTP');
		await page.receive(connection, text);
	}

	/** Takes a message of the page for a request; says whether it is one of these. */
	function send(connection, text) {
		const exchange = exchanges.get(connection);
		if (!exchange) return false;
		const { response, id } = exchange;
		const { method, id: answered, error } = JSON.parse(text);
		const isAnswer = method === undefined && answered === id;
		if (isAnswer && !response.headersSent) {
			response.writeHead((error && statuses[error.code]) ?? 200, { 'content-type': 'application/json' });
			response.end(text);
			return true;
		}
		if (!response.headersSent) {
			response.writeHead(200, {
				'content-type': 'text/event-stream',
				'cache-control': 'no-cache, no-transform',
			});
			exchange.alive = setInterval(() => response.write(': \n\n'), keepAliveMs).unref();
		}
		response.write(`event: message\ndata: ${text}\n\n`);
		if (isAnswer) response.end();
		return true;
	}

	return { handle, send };
}

/** What is wrong with the headers of a request beside those that were compared already; null for nothing. */
function missingHeader(headers, { method, params }) {
	const wrong = (message) => ({ status: 400, code: -32020, message });
	if (headers['mcp-protocol-version'] === undefined)
		return wrong('The header MCP-Protocol-Version is missing.');
	if (headers['mcp-method'] === undefined) return wrong('The header Mcp-Method is missing.');
	const name = Object.hasOwn(named, method) ? params?.[named[method]] : undefined;
	if (typeof name !== 'string') return null;
	if (headers['mcp-name'] === undefined) return wrong('The header Mcp-Name is missing.');
	return decoded(headers['mcp-name'].trim()) === name
		? null
		: wrong('The header Mcp-Name names another than the request does.');
}

/** A header's value, which stands as base64 where it could not as it is. */
function decoded(value) {
	const [, base64] = /^=\?base64\?(.*)\?=$/.exec(value) ?? [];
	return base64 === undefined ? value : Buffer.from(base64, 'base64').toString('utf8');
}

function fail(response, body, status, code, message, data) {
	const id = ['string', 'number'].includes(typeof body?.id) ? body.id : null;
	response
		.writeHead(status, { 'content-type': 'application/json' })
		.end(
			JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } }),
		);
}
