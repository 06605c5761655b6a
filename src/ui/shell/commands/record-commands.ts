import type { Session } from '../../session.svelte';
import type { Command } from './command';
import { goTo as go } from './go-to';

/** What the record of a session can be used for. */
export const recordCommands = ({
	layout,
	overlays,
	undo,
	record,
}: Pick<Session, 'layout' | 'overlays' | 'undo' | 'record'>): readonly Command[] => [
	go('go-what-if', 'Ask what if…', 'help', () => layout.showDrawer('expectations'), 'what-if'),
	{
		id: 'undo',
		title: 'Take back the last change',
		icon: 'reset',
		run: () => void undo.undo({ behindDialog: overlays.current === 'sessions' }),
	},
	{
		id: 'least-policy',
		title: 'Propose the least policy for what was asked…',
		icon: 'policy',
		disabled: !record.canPropose,
		why: 'Nothing was asked for yet: run a call first',
		run: record.propose,
	},
	{
		id: 'clear-activity',
		title: 'Clear the activity',
		icon: 'close',
		run: record.clear,
	},
];
