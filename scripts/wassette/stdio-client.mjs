import { inside } from './layout.mjs';

const protocolVersion = '2025-06-18';

/** How long one answer may take, in milliseconds; a resource's constructor called as a tool, for one, is never answered. */
const patience = 20_000;

/** How long its components may take to compile: some are many megabytes. */
const loadingPatience = 60_000;

/** How long after its components are listed a binary may go on loading without a word. */
const silencePatience = 3_000;

/**
 * Starts the binary as an MCP server over its standard streams, and speaks with it. Resolves when the components that it found are
 * loaded, or `isReady` says that there are enough.
 *
 * @param {object} confined what `confine` gave
 * @param {{ environment?: Record<string, string>, words?: string[], expected?: number }} [options]  `expected` components are waited for
 */
export async function startServer(confined, { environment = {}, words = [], expected = 0 } = {}) {
	const waiting = new Map();
	const log = [];
	let ended = null;
	const variables = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
	const server = confined.start(
		['run', '--component-dir', inside.components, ...variables, ...words],
		({ event, text, code }) => {
			if (event === 'err') log.push(text);
			if (event === 'end') {
				ended = { code };
				for (const settle of waiting.values()) settle({ ended: true });
			}
			if (event !== 'out') return;
			const message = parsed(text);
			waiting.get(message?.id)?.({ message, text });
		},
	);

	let ids = 0;
	function ask(method, params, within = patience) {
		const id = ++ids;
		if (ended) return Promise.resolve({ ended: true });
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve({ silent: true }), within);
			waiting.set(id, (answer) => {
				clearTimeout(timer);
				waiting.delete(id);
				resolve(answer);
			});
			// The parameters may be text already: a number in them can be one that no number here holds.
			const written = typeof params === 'string' ? params : JSON.stringify(params);
			server.write(`{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${written}}\n`);
		});
	}
	const initialized = await ask('initialize', {
		protocolVersion,
		capabilities: {},
		clientInfo: { name: 'parity', version: '1' },
	});
	server.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');

	/** A call; arguments are JSON text. */
	const call = (tool, args) => ask('tools/call', `{"name":${JSON.stringify(tool)},"arguments":${args}}`);
	const client = { initialized, ask, call, log, hasEnded: () => ended !== null };
	if (expected > 0) await loading(client, expected);
	return {
		...client,
		async close() {
			if (ended) return;
			const end = new Promise((resolve) => {
				const poll = setInterval(() => {
					if (!ended) return;
					clearInterval(poll);
					resolve();
				}, 5);
			});
			server.kill();
			await end;
		},
	};
}

/** Until the binary says that it has loaded what it found. A release that says nothing of it is asked what it lists. */
async function loading({ call, log, hasEnded }, expected) {
	const startedAt = Date.now();
	let listedAt = null;
	while (!hasEnded() && Date.now() - startedAt < loadingPatience) {
		if (log.some((line) => /component loading completed/i.test(line))) return;
		if (listedAt === null && (await listed(call)) >= expected) listedAt = Date.now();
		if (listedAt !== null && Date.now() - listedAt > silencePatience) return;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

async function listed(call) {
	const { message } = await call('list-components', '{}');
	const { components = [] } = parsed(message?.result?.content?.[0]?.text ?? '') ?? {};
	// Before a component is compiled it is listed without a schema.
	return components.filter(({ schema }) => schema !== null).length;
}

/** JSON, or undefined. */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
