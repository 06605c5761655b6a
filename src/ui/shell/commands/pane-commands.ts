import type { Session } from '../../session.svelte';
import type { Command } from './command';
import { goTo as go } from './go-to';

/** Ways to the panes. */
export const paneCommands = (session: Session): readonly Command[] => [
	go('go-tools', 'Go to the tools', 'tool', () => session.layout.showTab('tools'), 'tool-list'),
	go('go-console', 'Go to the call', 'run', session.layout.showConsole, 'call-form'),
	go('go-policy', 'Go to the policy', 'policy', () => session.layout.showSide('policy'), 'policy-editor'),
	go('go-files', 'Go to the files', 'folder', () => session.layout.showSide('files'), 'files'),
	go(
		'go-variables',
		'Go to the variables',
		'environment',
		() => session.layout.showSide('variables'),
		'variables',
	),
	go('go-network', 'Go to the network', 'network', () => session.layout.showSide('network'), 'network'),
	go('go-activity', 'Go to the activity', 'storage', () => session.layout.showDrawer('activity'), 'activity'),
	go('go-wire', 'Go to the wire', 'wire', () => session.layout.showDrawer('wire'), 'wire'),
	go('go-steps', 'Go to the steps', 'steps', () => session.layout.showDrawer('steps'), 'steps'),
	go('go-problems', 'Go to the problems', 'warning', () => session.layout.showDrawer('problems'), 'problems'),
];
