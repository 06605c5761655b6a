import { engines } from '../../../core/policy';
import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** A command for each tool, sample and engine. */
export const listedCommands = ({
	selection,
	shelf,
	loads,
	policy,
}: Pick<Session, 'selection' | 'shelf' | 'loads' | 'policy'>): readonly Command[] => [
	...selection.tools.map((tool): Command => ({
		id: `tool ${tool.key}`,
		title: tool.name,
		hint: `tool of ${tool.component?.id ?? tool.server?.name ?? 'Wassette'}`,
		icon: 'tool',
		run: () => selection.selectTool(tool),
	})),
	...shelf.samples.map((sample): Command => ({
		id: `sample ${sample.name}`,
		title: `Load the sample ${sample.title}`,
		hint: sample.summary,
		icon: 'component',
		run: () => void loads.sample(sample.name),
	})),
	...engines.map(({ id, label }): Command => ({
		id: `engine ${id}`,
		title: `Decide as ${label}`,
		icon: 'policy',
		disabled: policy.engine === id,
		why: 'It is in use',
		run: () => policy.setEngine(id),
	})),
];
