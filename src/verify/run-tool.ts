import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { HostCallEntry, OutputEntry } from '../core/activity';
import { explainEntry } from '../core/explain-entry';
import type { Outgoing } from '../core/outlet';
import { err, ok, type Result } from '../core/result';
import { writtenArguments } from '../core/written-arguments';
import type { Json } from '../core/wit/types';
import { openScenario } from '../deck/scenario';
import type { Deck } from '../deck/deck';
import type { CallSettled } from '../mcp/client';
import type { PageParts } from '../page/page-parts';
import { sampleScenario } from '../page/samples';
import { createHostFolders } from '../page/serve/host-folders';
import { makeSession, type SessionSetup } from '../page/serve/serving';

/** One call, as the command line describes it. */
export interface RunRequest {
	readonly setup: SessionSetup;
	/** The text of a policy for the component that was named; null leaves it with what it has. */
	readonly policy: string | null;
	readonly tool: string;
	/** What is in the folders that the host lends. */
	readonly lent: readonly Json[];
	/** `name=value` for each argument, or one JSON object. */
	readonly words: readonly string[];
}

/** One host call of it, or a piece of its output. */
export interface RunRow {
	readonly entry: Outgoing<HostCallEntry | OutputEntry>;
	/** A sentence, where it is a host call. */
	readonly explanation: string | null;
}

export interface RunDone {
	readonly tool: string;
	readonly arguments: { readonly [name: string]: Json };
	readonly engine: string;
	/** As it came over the wire; what the client itself says where nothing did. */
	readonly result: CallToolResult;
	readonly rows: readonly RunRow[];
	/** What is to be another file in the folders that the host lends, in order. */
	readonly changes: Json;
}

/** Makes a session and one call in it. The error is a sentence, and nothing was called then. */
export async function runTool(
	parts: Pick<PageParts, 'deck' | 'sources' | 'client' | 'wallNow'>,
	{ setup, policy, tool: name, words, lent }: RunRequest,
): Promise<Result<RunDone, string>> {
	const { deck, sources, wallNow } = parts;
	const made = await makeSession(setup, {
		deck,
		fetchSource: sources.fetch,
		sampleScenario,
		open: (scenario, fetchSource) => openScenario(deck, scenario, { fetchSource, now: wallNow() }),
		loadFrom: (address) => sources.loadInto(deck, address, new AbortController().signal),
	});
	if (!made.ok) return made;
	const component = deck.components.at(-1);
	if (policy !== null && component) {
		const set = deck.setPolicy(component.id, policy);
		if (!set.ok) return set;
	}
	const client = await parts.client;
	const tools = await client.refresh();
	const tool = tools.find((one) => one.name === name);
	if (!tool) {
		const own = deck.components.flatMap((one) => one.tools.map((known) => known.name));
		return err(`There is no tool ${name}. There is ${own.join(', ') || 'none'}.`);
	}
	const args = writtenArguments(words, tool.inputSchema);
	if (!args.ok) return args;
	const { settled, changes } = await amidFolders(deck, { folders: setup.folders, lent }, () =>
		client.callTool(name, args.value),
	);
	const result: CallToolResult =
		settled.status === 'result'
			? settled.result
			: {
					isError: true,
					content: [
						{ type: 'text', text: 'message' in settled ? settled.message : 'The call was cancelled.' },
					],
				};
	const entries = deck.outlet.activity(deck.activity);
	return ok({
		tool: name,
		arguments: args.value,
		engine: deck.engine,
		result,
		changes,
		rows: entries.flatMap((entry) =>
			entry.kind === 'tool-call'
				? []
				: [
						{
							entry: entry as RunRow['entry'],
							explanation: entry.kind === 'host-call' ? explainEntry(entry) : null,
						},
					],
		),
	});
}

/** Plays a call with the host's folders in the world, and tells what the call changed in them. */
async function amidFolders(
	deck: Deck,
	{ folders, lent }: { readonly folders: SessionSetup['folders']; readonly lent: readonly Json[] },
	play: () => Promise<CallSettled>,
): Promise<{ readonly settled: CallSettled; readonly changes: Json }> {
	if (folders.length === 0) return { settled: await play(), changes: [] };
	let changes: Json = [];
	let settled: CallSettled | null = null;
	const around = createHostFolders(
		deck,
		{
			ask: async (errand) => {
				if (errand.what === 'read-folders') return [...lent];
				changes = errand.with;
				return [];
			},
		},
		folders,
	);
	const { end } = await around(async () => {
		settled = await play();
		return { ok: false, error: { message: '' } };
	});
	const message = end.ok ? '' : end.error.message;
	return { settled: settled ?? { status: 'failed', message, rpcId: null }, changes };
}
