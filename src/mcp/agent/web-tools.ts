import type { Deck } from '../../deck/deck';
import { createConsoleClient, type CallSettled, type ConsoleClient } from '../client';
import type { ListedTool } from '../tool-listing';
import { createLink } from '../link';
import { createMcpServer, type McpServerOptions } from '../server';
import type { WireMessage } from '../wire';
import type { Json, JsonSchema } from '../../core/wit/types';
import type { AgentSide } from './agent-side';

/** A tool as a browser's own agent is offered it (WebMCP). */
export interface WebTool {
	readonly name: string;
	readonly description: string;
	readonly inputSchema: JsonSchema;
	readonly annotations: { readonly untrustedContentHint: true };
	readonly execute: (input: { readonly [name: string]: Json }) => Promise<unknown>;
}

/** `document.modelContext`, as far as it is used. */
export interface ModelContext {
	registerTool(tool: WebTool, options: { readonly signal: AbortSignal }): Promise<unknown> | undefined;
}

export interface WebToolsOptions {
	readonly context: ModelContext;
	readonly server: McpServerOptions;
	readonly agent: AgentSide;
	readonly onMessage: (message: WireMessage) => void;
	/** Told, in a sentence, when the browser refuses a tool. */
	readonly onProblem: (message: string) => void;
	readonly version: string;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

/** Before each name: the browser refuses one that it has, and other pages have tools as well. */
const prefix = 'tapedeck_';
/** Characters of a name. */
const longest = 64;

/**
 * Offers the deck's tools to the browser's own agent, over a server of its own, and offers them anew when they change. Resolves with what takes all of them
 * back.
 */
export async function offerWebTools(deck: Deck, options: WebToolsOptions): Promise<() => void> {
	const { context, onMessage, onProblem, version, now } = options;
	const link = createLink({ onMessage, now });
	await createMcpServer(deck, { ...options.server, agent: options.agent }).connect(link.server);
	const client = await createConsoleClient(link.client, { version });
	let offered = new AbortController();
	let stopped = false;

	function offer(): void {
		offered.abort();
		if (stopped) return;
		const { signal } = (offered = new AbortController());
		for (const tool of webToolsOf(client))
			// One that is refused takes no other with it.
			void Promise.resolve()
				.then(() => context.registerTool(tool, { signal }))
				.catch((error: unknown) => {
					if (!signal.aborted) onProblem(`The browser did not take the tool ${tool.name}: ${String(error)}`);
				});
	}

	const unfollow = client.onTools(offer);
	offer();
	return () => {
		stopped = true;
		offered.abort();
		unfollow();
		void client.close();
	};
}

/** The tools of a client under names that a browser takes, each once. */
export function webToolsOf(client: Pick<ConsoleClient, 'tools' | 'callTool'>): readonly WebTool[] {
	const names = new Set<string>();
	return client.tools.flatMap((tool: ListedTool) => {
		const name = webNameOf(tool.name);
		if (names.has(name)) return [];
		names.add(name);
		return [
			{
				name,
				description: tool.description ?? tool.name,
				inputSchema: tool.inputSchema,
				// Whatever a component says came from somebody else.
				annotations: { untrustedContentHint: true as const },
				execute: async (input) => resultOf(await client.callTool(tool.name, input)),
			},
		];
	});
}

const webNameOf = (name: string): string => `${prefix}${name.replace(/[^\w.-]/g, '_')}`.slice(0, longest);

/** The MCP result, also of a call that got none. */
const resultOf = (settled: CallSettled): unknown =>
	settled.status === 'result'
		? settled.result
		: {
				content: [
					{ type: 'text', text: settled.status === 'cancelled' ? 'It was stopped.' : settled.message },
				],
				isError: true,
			};
