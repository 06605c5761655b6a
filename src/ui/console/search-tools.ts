import type { DeckTool } from './deck-tool';

export interface ToolGroup {
	readonly key: string;
	/** The component's id; null for Wassette's own tools. */
	readonly component: string | null;
	readonly tools: readonly DeckTool[];
}

/** The tools whose name or description holds every word of the needle, by component, Wassette's own last. */
export function searchTools(tools: readonly DeckTool[], needle: string): readonly ToolGroup[] {
	const words = needle.toLowerCase().split(/\s+/).filter(Boolean);
	const groups = new Map<string, { component: string | null; tools: DeckTool[] }>();
	for (const tool of tools) {
		const text = `${tool.name} ${tool.description} ${tool.component?.id ?? ''}`.toLowerCase();
		if (!words.every((word) => text.includes(word))) continue;
		const key = tool.component ? `component/${tool.component.id}` : 'built-in';
		const group = groups.get(key) ?? { component: tool.component?.id ?? null, tools: [] };
		group.tools.push(tool);
		groups.set(key, group);
	}
	return [...groups].map(([key, group]) => ({ key, ...group }));
}
