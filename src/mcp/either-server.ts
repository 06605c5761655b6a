import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Deck } from '../deck/deck';
import { claimsVersion } from './envelope';
import type { Era } from './protocol-client';
import { createMcpServer, type ConsoleServer, type McpServerOptions } from './server';

/**
 * A server that speaks to a client as the client speaks to it: as up to protocol 2025-11-25, or as from 2026-07-28 on. What is asked first decides for the
 * connection; a client that only asked what there is may still greet as before. `only` is the era that it is held to; default either.
 */
export function createEitherServer(deck: Deck, options: McpServerOptions, only?: Era): ConsoleServer {
	let end = async () => {};
	return {
		async connect(transport) {
			const sides = new Map<Era, Side>();
			let settled = only;
			// What comes while a side is being made waits for it, in order.
			let last: Promise<unknown> = Promise.resolve();
			transport.onmessage = (message) => {
				const era = settled ?? eraOf(message, sides);
				if (settles(message)) settled ??= era;
				last = last.then(async () => (await sideOf(era)).onmessage?.(message)).catch(() => {});
			};
			transport.onclose = () => sides.forEach((side) => side.onclose?.());
			end = () => transport.close();
			await transport.start();

			async function sideOf(era: Era): Promise<Side> {
				const there = sides.get(era);
				if (there) return there;
				const side = new Side(transport);
				sides.set(era, side);
				await (await serverOf(era)).connect(side);
				return side;
			}
		},
		close: () => end(),
	};

	async function serverOf(era: Era): Promise<ConsoleServer> {
		if (era === 'legacy') return createMcpServer(deck, options);
		return (await import('./modern-server')).createModernServer(deck, options);
	}
}

/** One of two servers' end of a connection. */
class Side implements Transport {
	onclose?: () => void;
	onmessage?: Transport['onmessage'];
	readonly #outer: Transport;

	constructor(outer: Transport) {
		this.#outer = outer;
	}

	async start(): Promise<void> {}

	send(message: JSONRPCMessage): Promise<void> {
		return this.#outer.send(message);
	}

	async close(): Promise<void> {
		this.onclose?.();
	}
}

/** What says nothing of its version is of before, unless it is about what was asked already. */
function eraOf(message: JSONRPCMessage, sides: ReadonlyMap<Era, Side>): Era {
	if (claimsVersion(message)) return 'modern';
	return 'id' in message || !sides.has('modern') ? 'legacy' : 'modern';
}

/** Whether more than a question what there is. */
const settles = (message: JSONRPCMessage): boolean =>
	'method' in message && 'id' in message && message.method !== 'server/discover';
