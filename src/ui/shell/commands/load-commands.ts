import type { Session } from '../../session.svelte';
import type { Command } from './command';
import { focusPane } from '../focus-pane';

/** Ways to get at components, here and at servers elsewhere. */
export const loadCommands = ({
	layout,
	overlays,
	remotes,
}: Pick<Session, 'layout' | 'overlays' | 'remotes'>): readonly Command[] => [
	{
		id: 'add-file',
		title: 'Load a component from a file…',
		icon: 'upload',
		run: () => {
			if (layout.width === 'narrow') layout.showTab('tools');
			void focusPane('component-file', (picker) => picker.click());
		},
	},
	{
		id: 'add-address',
		title: 'Load a component from an address…',
		icon: 'link',
		run: () => overlays.open('address'),
	},
	{
		id: 'new-tool',
		title: 'New tool…',
		hint: 'written here, in JavaScript or WebAssembly text',
		icon: 'edit',
		run: () => overlays.open('new-tool'),
	},
	{
		id: 'connect-server',
		title: 'Connect to an MCP server…',
		hint: 'Streamable HTTP, such as wassette serve',
		icon: 'link',
		run: () => overlays.open('remote'),
	},
	{
		id: 'index',
		title: 'Use an index of components…',
		hint: 'searched by search-components',
		icon: 'search',
		run: () => overlays.open('index'),
	},
	...remotes.servers.map((server): Command => ({
		id: `disconnect ${server.id}`,
		title: `Disconnect from ${server.name}`,
		icon: 'close',
		run: () => remotes.disconnect(server.id),
	})),
];
