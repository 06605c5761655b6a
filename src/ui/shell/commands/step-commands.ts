import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** What can be done with steps. */
export const stepCommands = ({ saved, layout }: Pick<Session, 'saved' | 'layout'>): readonly Command[] => [
	{
		id: 'save-call',
		title: 'Save this call as a step',
		icon: 'add',
		disabled: !saved.tool,
		why: 'There is no call in the console',
		run: saved.saveCall,
	},
	{
		id: 'run-steps',
		title: 'Run all steps',
		icon: 'steps',
		disabled: saved.steps.list.length === 0 || saved.steps.running || saved.busy,
		why: saved.steps.list.length === 0 ? 'No call is saved as a step yet' : 'Something is running',
		run: () => {
			layout.showDrawer('steps');
			void saved.run();
		},
	},
];
