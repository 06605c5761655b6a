import type { RemoteServer } from '../remote/remotes.svelte';
import type { DeckTool } from './deck-tool';

export interface ToolGroup {
	readonly key: string;
	/** The component's id; null for Wassette's own tools. */
	readonly component: string | null;
	/** The server elsewhere whose tools they are; null for the one in the page. */
	readonly server: RemoteServer | null;
	/** They are flows of the session's steps. */
	readonly areFlows: boolean;
	readonly tools: readonly DeckTool[];
}

/** The tools whose name or description holds every word of the needle, by component and server, Wassette's own last of those in the page. */
export function searchTools(tools: readonly DeckTool[], needle: string): readonly ToolGroup[] {
	const words = needle.toLowerCase().split(/\s+/).filter(Boolean);
	const groups = new Map<string, Omit<ToolGroup, 'key'> & { tools: DeckTool[] }>();
	for (const tool of tools) {
		const text =
			`${tool.name} ${tool.description} ${tool.component?.id ?? tool.server?.name ?? ''}`.toLowerCase();
		if (!words.every((word) => text.includes(word))) continue;
		const key = tool.server
			? `remote/${tool.server.id}`
			: tool.component
				? `component/${tool.component.id}`
				: tool.isFlow
					? 'flows'
					: 'built-in';
		const group = groups.get(key) ?? {
			component: tool.component?.id ?? null,
			server: tool.server,
			areFlows: tool.isFlow ?? false,
			tools: [],
		};
		group.tools.push(tool);
		groups.set(key, group);
	}
	return [...groups].map(([key, group]) => ({ key, ...group }));
}
