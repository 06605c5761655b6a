import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createModern } from './http-modern.mjs';

/** Agents at once; where one more comes, the oldest is let go. */
const mostAgents = 32;
/** Bytes of one message. */
const longest = 64 * 2 ** 20;

const digest = (text) => createHash('sha256').update(text).digest();

/**
 * Agents over Streamable HTTP, on the loopback interface alone. Whoever has the token is served; who asks under another name than this computer's own, or
 * from a web page of elsewhere, is not. `page` is that of `openServing`, `era` the one that is served, default either.
 */
export async function listen({ port, page, era = null }) {
	const modern = await createModern({ page, only: era });
	const { StreamableHTTPServerTransport } =
		await import('@modelcontextprotocol/sdk/server/streamableHttp.js');
	const { isInitializeRequest } = await import('@modelcontextprotocol/sdk/types.js');
	const token = randomBytes(32).toString('base64url');
	const wanted = digest(`Bearer ${token}`);
	/** By the transport's session. */
	const agents = new Map();
	const asWritten = new AsyncLocalStorage();

	async function open() {
		const agent = createAgent(`agent ${randomUUID()}`);
		const transport = new StreamableHTTPServerTransport({
			sessionIdGenerator: randomUUID,
			onsessioninitialized: (id) => {
				agents.set(id, agent);
				const [oldest] = agents.values();
				if (agents.size > mostAgents) void oldest.transport.close();
			},
		});
		agent.transport = transport;
		transport.onmessage = (message) => {
			agent.heard(message);
			void page.receive(agent.connection, asWritten.getStore() ?? JSON.stringify(message)).catch(() => {});
		};
		transport.onclose = () => {
			if (transport.sessionId !== undefined) agents.delete(transport.sessionId);
			void page.disconnect(agent.connection).catch(() => {});
		};
		await page.connect(agent.connection);
		await transport.start();
		return agent;
	}

	async function handle(request, response) {
		const refusal = refusalOf(request, server.address().port, wanted);
		if (refusal) return void response.writeHead(refusal.status, refusal.headers).end(`${refusal.words}\n`);
		const text = await bodyOf(request);
		if (text === null) return void response.writeHead(413).end();
		let body;
		try {
			body = text === '' ? undefined : JSON.parse(text);
		} catch {
			return void response.writeHead(400).end('This is no JSON.\n');
		}
		if (await modern.handle(request, response, text, body)) return;
		const session = request.headers['mcp-session-id'];
		const agent =
			agents.get(session) ?? (session === undefined && isInitializeRequest(body) ? await open() : null);
		if (!agent) return void response.writeHead(session === undefined ? 400 : 404).end();
		const written = body === undefined || Array.isArray(body) ? undefined : text;
		await asWritten.run(written, () => agent.transport.handleRequest(request, response, body));
	}

	const server = createServer((request, response) => {
		handle(request, response).catch(() => response.destroy());
	});
	await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${server.address().port}/mcp`,
		token,
		/** Takes a message of the page for an agent. */
		send(connection, text) {
			if (modern.send(connection, text)) return;
			for (const agent of agents.values()) if (agent.connection === connection) return agent.send(text);
		},
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

/** Why a request is not served; null where it is. */
function refusalOf({ method, url, headers }, port, wanted) {
	const own = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
	if (!own.includes(headers.host)) return { status: 403, words: 'This host is not served.' };
	if (headers.origin !== undefined && !own.some((host) => headers.origin === `http://${host}`))
		return { status: 403, words: 'Pages of this origin are not served.' };
	if (!timingSafeEqual(digest(headers.authorization ?? ''), wanted))
		return { status: 401, headers: { 'www-authenticate': 'Bearer' }, words: 'A token is wanted.' };
	if (url !== '/mcp') return { status: 404, words: 'There is nothing here.' };
	return ['GET', 'POST', 'DELETE'].includes(method)
		? null
		: { status: 405, words: 'There is no such method.' };
}

/** What was sent, as text; null where it is too long. */
async function bodyOf(request) {
	const chunks = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > longest) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** One agent: a message of the page goes to the stream of the request that it belongs to. */
function createAgent(connection) {
	/** Requests that wait for an answer, by id, with the token under which their progress is told. */
	const waiting = new Map();
	const relatedTo = ({ method, params }) => {
		if (method === 'notifications/progress')
			return [...waiting].find(([, token]) => token === params.progressToken)?.[0];
		// The page does not say which call a message or a question came of: the latest has a stream that is open.
		return method === 'notifications/tools/list_changed' ? undefined : [...waiting.keys()].at(-1);
	};
	return {
		connection,
		transport: null,
		heard({ id, method, params }) {
			if (method === 'notifications/cancelled') waiting.delete(params?.requestId);
			if (method !== undefined && id !== undefined) waiting.set(id, params?._meta?.progressToken);
		},
		send(text) {
			const message = parseExactly(text);
			const relatedRequestId = message.method === undefined ? undefined : relatedTo(message);
			if (message.method === undefined) waiting.delete(message.id);
			void this.transport.send(message, { relatedRequestId }).catch(() => {});
		},
	};
}

/** A message whose integers stay as they are written, where Node can print them so: one of version 22 can. */
function parseExactly(text) {
	if (typeof JSON.rawJSON !== 'function') return JSON.parse(text);
	return JSON.parse(text, (_, value, context) =>
		typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source
			? JSON.rawJSON(context.source)
			: value,
	);
}
