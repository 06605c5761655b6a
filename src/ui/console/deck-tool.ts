import type { Arguments } from '../../core/call';
import type { JsonSchema, Tool } from '../../core/wit/types';
import type { DeckComponent, Notes } from '../../deck/deck';
import type { ListedTool } from '../../mcp/tool-listing';
import type { RemoteServer } from '../remote/remotes.svelte';

/** A tool as the page lists it: one of a component, or one of Wassette's own. */
export interface DeckTool {
	/** Unique in the list. */
	readonly key: string;
	/** What its arguments are remembered under; another build of a component is another tool. */
	readonly memoryKey: string;
	readonly name: string;
	readonly description: string;
	readonly inputSchema: JsonSchema;
	readonly outputSchema?: JsonSchema;
	/** Null for the tools of Wassette itself and of servers elsewhere. */
	readonly component: DeckComponent | null;
	readonly tool: Tool | null;
	/** The server elsewhere that has it; null for the one in the page. */
	readonly server: RemoteServer | null;
	/** It is a flow of the session's steps. */
	readonly isFlow?: true;
	/** What its form begins with; default nothing. */
	readonly first?: Arguments;
}

/** The tools of a server elsewhere, in its order. */
export const remoteTools = (server: RemoteServer, listed: readonly ListedTool[]): readonly DeckTool[] =>
	listed.map(({ name, description = '', inputSchema, outputSchema }) => ({
		key: `remote/${server.address}/${name}`,
		memoryKey: `remote/${server.address}/${name}`,
		name,
		description,
		inputSchema,
		outputSchema,
		component: null,
		tool: null,
		server,
	}));

/** All tools, those of components first, then flows, each in the order its source lists them. */
export function deckTools(
	components: readonly DeckComponent[],
	listed: readonly ListedTool[],
	/** Of the session: its flows begin with what is saved with their steps. */
	{ flows = [], calls = [] }: Pick<Notes, 'flows' | 'calls'> = {},
): readonly DeckTool[] {
	const own = components.flatMap((component) =>
		component.tools.map((tool) => ({
			key: `component/${component.id}/${tool.name}`,
			memoryKey: `${component.sha256}/${tool.name}`,
			name: tool.name,
			description: tool.description,
			inputSchema: tool.inputSchema,
			outputSchema: tool.outputSchema,
			component,
			tool,
			server: null,
		})),
	);
	const names = new Set(own.map(({ name }) => name));
	const others = listed
		.filter(({ name }) => !names.has(name))
		.map(({ name, description = '', inputSchema, outputSchema }): DeckTool => {
			const flow = flows.find((other) => other.name === name);
			const key = `${flow ? 'flow' : 'built-in'}/${name}`;
			return {
				key,
				memoryKey: key,
				...(flow && { isFlow: true as const, first: firstInputs(flow.steps, calls) }),
				name,
				description,
				inputSchema,
				outputSchema,
				component: null,
				tool: null,
				server: null,
			};
		});
	return [...own, ...others];
}

/** What is saved with the arguments that a flow asks for, by the names of its inputs; the first one that has a name counts. */
const firstInputs = (steps: readonly number[], calls: NonNullable<Notes['calls']>): Arguments =>
	Object.fromEntries(
		steps
			.toSorted((a, b) => b - a)
			.flatMap((step) =>
				Object.entries(calls[step - 1]?.take ?? {}).flatMap(([argument, binding]) => {
					const saved = calls[step - 1]?.arguments[argument];
					return 'input' in binding && saved !== undefined ? [[binding.input, saved]] : [];
				}),
			),
	);
