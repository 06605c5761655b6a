import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** What can be done with steps. */
export const stepCommands = (session: Session): readonly Command[] => [
	{
		id: 'save-call',
		title: 'Save this call as a step',
		icon: 'add',
		disabled: !session.tool,
		why: 'There is no call in the console',
		run: session.saved.saveCall,
	},
	{
		id: 'run-steps',
		title: 'Run all steps',
		icon: 'steps',
		disabled: session.steps.list.length === 0 || session.steps.running || session.console.running,
		why: session.steps.list.length === 0 ? 'No call is saved as a step yet' : 'Something is running',
		run: () => {
			session.layout.showDrawer('steps');
			void session.saved.run();
		},
	},
];
