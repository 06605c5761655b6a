import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** What can be done with steps. */
export const stepCommands = (session: Session): readonly Command[] => [
	{
		id: 'save-call',
		title: 'Save this call as a step',
		icon: 'add',
		disabled: !session.tool,
		run: session.saved.saveCall,
	},
	{
		id: 'run-steps',
		title: 'Run all steps',
		icon: 'steps',
		disabled: session.steps.list.length === 0 || session.steps.running || session.console.running,
		run: () => {
			session.layout.showDrawer('steps');
			void session.saved.run();
		},
	},
];
