import type { Session } from '../../session.svelte';
import type { Command } from './command';
import { goTo as go } from './go-to';

/** What the record of a session can be used for. */
export const recordCommands = (session: Session): readonly Command[] => [
	go('go-what-if', 'Ask what if…', 'help', () => session.layout.showDrawer('expectations'), 'what-if'),
	{
		id: 'undo',
		title: 'Take back the last change',
		icon: 'reset',
		run: session.undo.undo,
	},
	{
		id: 'least-policy',
		title: 'Propose the least policy for what was asked…',
		icon: 'policy',
		disabled: !session.deck.activity.some(({ kind }) => kind === 'host-call'),
		why: 'Nothing was asked for yet: run a call first',
		run: () => (session.overlay = 'least-policy'),
	},
	{
		id: 'clear-activity',
		title: 'Clear the activity',
		icon: 'close',
		run: session.clearActivity,
	},
];
