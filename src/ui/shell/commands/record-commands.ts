import type { Session } from '../../session.svelte';
import type { Command } from './command';
import { goTo as go } from './go-to';

/** What the record of a session can be used for. */
export const recordCommands = (session: Session): readonly Command[] => [
	go('go-what-if', 'Ask what if…', 'help', () => session.layout.showDrawer('expectations'), 'what-if'),
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
];
