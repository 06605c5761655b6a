import { engines } from '../../core/policy';
import type { IconName } from '../base/icons';
import type { Session } from '../session.svelte';
import { scenarioCommands } from '../share/share-commands';
import { exportCommands } from './export-commands';
import { focusPane } from './focus-pane';

/** A command that has a shortcut or is named elsewhere in the code; others have ids of their own making. */
export type CommandId =
	| 'run'
	| 'stop'
	| 'palette'
	| 'add-file'
	| 'go-tools'
	| 'go-console'
	| 'go-policy'
	| 'go-activity'
	| 'shortcuts';

/** Something a person can do, as the palette lists it. */
export interface Command {
	readonly id: string;
	readonly title: string;
	/** Words beside the title, such as the group it belongs to. */
	readonly hint?: string;
	readonly icon: IconName;
	readonly disabled?: boolean;
	/** Heard as a shortcut, and not listed. */
	readonly hidden?: boolean;
	readonly run: () => void;
}

const compare = (session: Session) =>
	void import('../compare/comparison-of').then(({ comparisonOf }) => comparisonOf(session).run());

/** Everything that can be done now. */
export function commandsOf(session: Session): readonly Command[] {
	const { layout } = session;
	const go = (id: string, title: string, icon: IconName, show: () => void, pane: string): Command => ({
		id,
		title,
		icon,
		run: () => {
			show();
			focusPane(pane);
		},
	});
	return [
		{
			id: 'run',
			title: session.tool ? `Run ${session.tool.name}` : 'Run',
			icon: 'run',
			disabled: !session.tool || session.console.running,
			// With the comparison open, the key that runs the call compares it.
			run: () => (session.overlay === 'compare' ? compare(session) : session.submit()),
		},
		{
			id: 'stop',
			title: 'Stop the call',
			icon: 'stop',
			disabled: !session.console.running,
			run: session.console.stop,
		},
		{
			id: 'compare',
			title: 'Compare isolation: process, container, Wassette',
			icon: 'differs',
			disabled: !session.tool?.component,
			run: () => (session.overlay = 'compare'),
		},
		{
			id: 'inspect',
			title: session.component ? `Inspect the component ${session.component.id}` : 'Inspect the component',
			icon: 'component',
			disabled: !session.component,
			run: () => (session.overlay = 'inspect'),
		},
		{
			id: 'palette',
			title: 'Open the command palette',
			icon: 'search',
			hidden: true,
			run: () => (session.overlay = session.overlay === 'palette' ? null : 'palette'),
		},
		{
			id: 'add-file',
			title: 'Load a component from a file…',
			icon: 'upload',
			run: () => {
				if (layout.width === 'narrow') layout.showTab('tools');
				focusPane('component-file', (picker) => picker.click());
			},
		},
		{
			id: 'add-address',
			title: 'Load a component from an address…',
			icon: 'link',
			run: () => (session.overlay = 'address'),
		},
		{
			id: 'connect-server',
			title: 'Connect to an MCP server…',
			hint: 'Streamable HTTP, such as wassette serve',
			icon: 'link',
			run: () => (session.overlay = 'remote'),
		},
		{
			id: 'index',
			title: 'Use an index of components…',
			hint: 'searched by search-components',
			icon: 'search',
			run: () => (session.overlay = 'index'),
		},
		...session.remotes.servers.map((server): Command => ({
			id: `disconnect ${server.id}`,
			title: `Disconnect from ${server.name}`,
			icon: 'close',
			run: () => session.remotes.disconnect(server.id),
		})),
		{
			id: 'save-call',
			title: 'Save this call as a step',
			icon: 'add',
			disabled: !session.tool,
			run: session.saveCall,
		},
		{
			id: 'run-steps',
			title: 'Run all steps',
			icon: 'steps',
			disabled: session.steps.list.length === 0 || session.steps.running || session.console.running,
			run: () => {
				layout.showDrawer('steps');
				void session.runSteps();
			},
		},
		go('go-tools', 'Go to the tools', 'tool', () => layout.showTab('tools'), 'tool-list'),
		go('go-console', 'Go to the call', 'run', layout.showConsole, 'call-form'),
		go('go-policy', 'Go to the policy', 'policy', () => layout.showSide('policy'), 'policy-editor'),
		go('go-files', 'Go to the files', 'folder', () => layout.showSide('files'), 'files'),
		go('go-variables', 'Go to the variables', 'environment', () => layout.showSide('variables'), 'variables'),
		go('go-network', 'Go to the network', 'network', () => layout.showSide('network'), 'network'),
		go('go-activity', 'Go to the activity', 'storage', () => layout.showDrawer('activity'), 'activity'),
		go('go-wire', 'Go to the wire', 'wire', () => layout.showDrawer('wire'), 'wire'),
		go('go-steps', 'Go to the steps', 'steps', () => layout.showDrawer('steps'), 'steps'),
		go('go-problems', 'Go to the problems', 'warning', () => layout.showDrawer('problems'), 'problems'),
		...scenarioCommands(session),
		go('go-what-if', 'Ask what if…', 'help', () => layout.showDrawer('expectations'), 'what-if'),
		{
			id: 'least-policy',
			title: 'Propose the least policy for what was asked…',
			icon: 'policy',
			disabled: !session.deck.activity.some(({ kind }) => kind === 'host-call'),
			run: () => (session.overlay = 'least-policy'),
		},
		{
			id: 'clear-activity',
			title: 'Clear the activity',
			icon: 'close',
			run: () => session.parts.deck.clearActivity(),
		},
		{
			id: 'theme',
			title: session.theme.dark ? 'Use the light theme' : 'Use the dark theme',
			icon: session.theme.dark ? 'light' : 'dark',
			run: session.theme.toggle,
		},
		{
			id: 'theme-system',
			title: "Use the system's theme",
			icon: 'light',
			disabled: session.theme.choice === 'system',
			run: () => session.theme.choose('system'),
		},
		{
			id: 'gallery',
			title: 'Browse the samples…',
			icon: 'gallery',
			run: () => (session.overlay = 'gallery'),
		},
		{
			id: 'lessons',
			title: session.lessons.lesson ? 'Show the lesson' : 'Start the lessons',
			icon: 'lesson',
			run: () => void session.lessons.start(),
		},
		{
			id: 'leave-lessons',
			title: 'Leave the lessons',
			icon: 'close',
			disabled: !session.lessons.lesson,
			run: session.lessons.leave,
		},
		{
			id: 'shortcuts',
			title: 'Show the keyboard shortcuts',
			icon: 'keyboard',
			run: () => (session.overlay = 'shortcuts'),
		},
		{
			id: 'help',
			title: 'Help and known differences',
			icon: 'help',
			run: () => (session.overlay = 'help'),
		},
		...exportCommands(session),
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
			run: () => void session.loadSample(sample.name),
		})),
		...engines.map(({ id, label }): Command => ({
			id: `engine ${id}`,
			title: `Decide as ${label}`,
			icon: 'policy',
			disabled: session.engine === id,
			run: () => session.policy.setEngine(id),
		})),
	];
}
