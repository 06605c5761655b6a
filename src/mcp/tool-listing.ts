import { PaginatedResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { JsonSchema } from '../core/wit/types';
import type { ProtocolClient } from './protocol-client';

/** A tool as a server lists it. */
export interface ListedTool {
	readonly name: string;
	readonly description?: string;
	readonly inputSchema: JsonSchema;
	readonly outputSchema?: JsonSchema;
	/** Why a strict client would refuse the listing, if it would: an output schema that is no object's. */
	readonly objection?: string;
}

const maxPages = 100;

// Looser than the SDK's own: an output schema that is no object's is shown with an objection, not refused with all other tools.
const schema = z.record(z.string(), z.unknown());
const LooseToolsSchema = PaginatedResultSchema.extend({
	tools: z.array(
		z.looseObject({
			name: z.string(),
			description: z.string().optional(),
			inputSchema: schema,
			outputSchema: schema.optional(),
		}),
	),
});

type ListingClient = Pick<ProtocolClient, 'capabilities' | 'request'>;

export interface ToolListing {
	/** As last listed. */
	readonly tools: () => readonly ListedTool[];
	/** Lists them again; rejects where that fails. One listing at a time: a change that is announced during one makes another follow it. */
	readonly refresh: () => Promise<readonly ListedTool[]>;
}

/** The tools of a server. `onListed` is told of each new list. */
export function createToolListing(client: ListingClient, onListed: () => void): ToolListing {
	let tools: readonly ListedTool[] = [];
	let listing: Promise<readonly ListedTool[]> | null = null;
	let stale = false;

	return {
		tools: () => tools,
		refresh() {
			if (listing) stale = true;
			listing ??= listUntilFresh().finally(() => (listing = null));
			return listing;
		},
	};

	async function listUntilFresh(): Promise<readonly ListedTool[]> {
		let found: readonly ListedTool[];
		do {
			stale = false;
			found = client.capabilities.tools ? await listAll(client) : [];
		} while (stale);
		tools = found;
		onListed();
		return found;
	}
}

async function listAll(client: ListingClient): Promise<readonly ListedTool[]> {
	const found: ListedTool[] = [];
	let cursor: string | undefined;
	for (let page = 0; page < maxPages; page++) {
		const params = cursor === undefined ? {} : { cursor };
		const answer = await client.request({ method: 'tools/list', params }, LooseToolsSchema);
		found.push(...answer.tools.map(asListed));
		cursor = answer.nextCursor;
		if (cursor === undefined) return found;
	}
	throw new Error(`The server lists its tools on more than ${maxPages} pages.`);
}

function asListed(tool: z.infer<typeof LooseToolsSchema>['tools'][number]): ListedTool {
	const { name, description, inputSchema, outputSchema } = tool;
	const objection =
		outputSchema !== undefined && outputSchema['type'] !== 'object'
			? 'Its output schema is not that of an object: clients that follow the specification refuse the whole list of tools.'
			: undefined;
	return { name, description, inputSchema, outputSchema, objection };
}
