import type { ComparisonSurface } from '../../compare/comparison.svelte';
import type { Session } from '../../session.svelte';
import type { Command } from './command';

const compare = (surface: ComparisonSurface) =>
	void import('../../compare/comparison-of').then(({ comparisonOf }) => comparisonOf(surface).run());

/** What can be done with the call in the console and its component. */
export const callCommands = ({
	selection,
	console,
	calls,
	overlays,
	comparing,
	notices,
}: Pick<
	Session,
	'selection' | 'console' | 'calls' | 'overlays' | 'comparing' | 'notices'
>): readonly Command[] => [
	{
		id: 'run',
		title: selection.tool ? `Run ${selection.tool.name}` : 'Run',
		icon: 'run',
		disabled: !selection.tool || console.running,
		why: console.running ? 'A call is running' : 'There is no tool to run',
		// With the comparison open, the key that runs the call compares it.
		run: () => (overlays.current === 'compare' ? compare(comparing) : calls.submit()),
	},
	{
		id: 'stop',
		title: 'Stop the call',
		icon: 'stop',
		disabled: !console.running,
		why: 'Nothing runs',
		run: console.stop,
	},
	{
		id: 'compare',
		title: 'Compare isolation: process, container, Wassette',
		icon: 'differs',
		disabled: !selection.tool?.component,
		why: 'The tool in the console belongs to no component',
		run: () => overlays.open('compare'),
	},
	{
		id: 'policies',
		title: 'Two policies, one call',
		hint: 'under the policy as it is and as it was, or another file',
		icon: 'differs',
		disabled: !selection.tool?.component,
		why: 'The tool in the console belongs to no component',
		run: () => overlays.open('policies'),
	},
	{
		id: 'steal',
		title: 'Steal my secrets',
		hint: 'what a hostile tool gets as a process, in a container, and here',
		icon: 'trap',
		run: () => void calls.steal().then((problem) => problem !== null && notices.say(problem)),
	},
	{
		id: 'inspect',
		title: selection.component ? `Inspect the component ${selection.component.id}` : 'Inspect the component',
		icon: 'component',
		disabled: !selection.component,
		why: 'No component is loaded',
		run: () => overlays.open('inspect'),
	},
	{
		id: 'palette',
		title: 'Open the command palette',
		icon: 'search',
		hidden: true,
		run: () => (overlays.current === 'palette' ? overlays.close() : overlays.open('palette')),
	},
];
