import { engines } from '../../../core/policy';
import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** A command for each tool, sample and engine. */
export const listedCommands = (session: Session): readonly Command[] => [
	...session.tools.map((tool): Command => ({
		id: `tool ${tool.key}`,
		title: tool.name,
		hint: `tool of ${tool.component?.id ?? tool.server?.name ?? 'Wassette'}`,
		icon: 'tool',
		run: () => session.selectTool(tool),
	})),
	...session.parts.samples.map((sample): Command => ({
		id: `sample ${sample.name}`,
		title: `Load the sample ${sample.title}`,
		hint: sample.summary,
		icon: 'component',
		run: () => void session.loads.sample(sample.name),
	})),
	...engines.map(({ id, label }): Command => ({
		id: `engine ${id}`,
		title: `Decide as ${label}`,
		icon: 'policy',
		disabled: session.engine === id,
		why: 'It is in use',
		run: () => session.policy.setEngine(id),
	})),
];
