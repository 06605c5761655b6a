import type { Session } from '../../session.svelte';
import type { Command } from './command';

const compare = (session: Session) =>
	void import('../../compare/comparison-of').then(({ comparisonOf }) => comparisonOf(session).run());

/** What can be done with the call in the console and its component. */
export const callCommands = (session: Session): readonly Command[] => [
	{
		id: 'run',
		title: session.tool ? `Run ${session.tool.name}` : 'Run',
		icon: 'run',
		disabled: !session.tool || session.console.running,
		why: session.console.running ? 'A call is running' : 'There is no tool to run',
		// With the comparison open, the key that runs the call compares it.
		run: () => (session.overlay === 'compare' ? compare(session) : session.submit()),
	},
	{
		id: 'stop',
		title: 'Stop the call',
		icon: 'stop',
		disabled: !session.console.running,
		why: 'Nothing runs',
		run: session.console.stop,
	},
	{
		id: 'compare',
		title: 'Compare isolation: process, container, Wassette',
		icon: 'differs',
		disabled: !session.tool?.component,
		why: 'The tool in the console belongs to no component',
		run: () => (session.overlay = 'compare'),
	},
	{
		id: 'inspect',
		title: session.component ? `Inspect the component ${session.component.id}` : 'Inspect the component',
		icon: 'component',
		disabled: !session.component,
		why: 'No component is loaded',
		run: () => (session.overlay = 'inspect'),
	},
	{
		id: 'palette',
		title: 'Open the command palette',
		icon: 'search',
		hidden: true,
		run: () => (session.overlay = session.overlay === 'palette' ? null : 'palette'),
	},
];
