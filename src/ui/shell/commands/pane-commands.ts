import type { Session } from '../../session.svelte';
import type { Command } from './command';
import { goTo as go } from './go-to';

/** Ways to the panes. */
export const paneCommands = ({ layout }: Pick<Session, 'layout'>): readonly Command[] => [
	go('go-tools', 'Go to the tools', 'tool', () => layout.showTab('tools'), 'tool-list'),
	go('go-console', 'Go to the call', 'run', layout.showConsole, 'call-form'),
	go('go-policy', 'Go to the policy', 'policy', () => layout.showSide('policy'), 'policy-editor'),
	go('go-files', 'Go to the files', 'folder', () => layout.showSide('files'), 'files'),
	go('go-variables', 'Go to the variables', 'environment', () => layout.showSide('variables'), 'variables'),
	go('go-network', 'Go to the network', 'network', () => layout.showSide('network'), 'network'),
	go('go-settings', 'Go to the settings of this run', 'clock', () => layout.showSide('settings'), 'settings'),
	go('go-activity', 'Go to the activity', 'storage', () => layout.showDrawer('activity'), 'activity'),
	go('go-wire', 'Go to the messages', 'wire', () => layout.showDrawer('wire'), 'wire'),
	go('go-steps', 'Go to the steps', 'steps', () => layout.showDrawer('steps'), 'steps'),
	go('go-problems', 'Go to the problems', 'warning', () => layout.showDrawer('problems'), 'problems'),
];
