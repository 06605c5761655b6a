import type { Session } from '../session.svelte';
import type { Command } from '../shell/commands/command';

/** What can be done with scenarios, as the palette lists it. */
export const scenarioCommands = ({
	overlays,
	scenarios,
}: Pick<Session, 'overlays' | 'scenarios'>): readonly Command[] => [
	{ id: 'share', title: 'Share…', icon: 'link', run: () => overlays.open('share') },
	{
		id: 'sessions',
		title: 'Sessions…',
		hint: 'save, open, rename, export and import',
		icon: 'folder',
		run: () => overlays.open('sessions'),
	},
	{
		id: 'freeze',
		title: 'Make it repeatable',
		hint: 'the same activity for everyone',
		icon: 'clock',
		run: scenarios.freezing.freeze,
	},
	{
		id: 'verify',
		title: 'Verify the saved calls',
		hint: 'run them and compare with what is expected',
		icon: 'check',
		run: scenarios.verify,
	},
];
