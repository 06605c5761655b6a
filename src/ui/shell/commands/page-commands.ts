import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** What concerns the page itself: how it looks, and what teaches its use. */
export const pageCommands = ({
	theme,
	overlays,
	lessons,
}: Pick<Session, 'theme' | 'overlays' | 'lessons'>): readonly Command[] => [
	{
		id: 'theme',
		title: theme.dark ? 'Use the light theme' : 'Use the dark theme',
		icon: theme.dark ? 'light' : 'dark',
		run: theme.toggle,
	},
	{
		id: 'theme-system',
		title: "Use the system's theme",
		icon: 'light',
		disabled: theme.choice === 'system',
		why: 'It is in use',
		run: () => theme.choose('system'),
	},
	{
		id: 'gallery',
		title: 'Browse the samples…',
		icon: 'gallery',
		run: () => overlays.open('gallery'),
	},
	{
		id: 'lessons',
		title: lessons.lesson ? 'Show the lesson' : 'Start the lessons',
		icon: 'lesson',
		run: () => void lessons.start(),
	},
	{
		id: 'leave-lessons',
		title: 'Leave the lessons',
		icon: 'close',
		disabled: !lessons.lesson,
		why: 'No lesson is open',
		run: lessons.leave,
	},
	{
		id: 'shortcuts',
		title: 'Show the keyboard shortcuts',
		icon: 'keyboard',
		run: () => overlays.open('shortcuts'),
	},
	{
		id: 'help',
		title: 'Help and known differences',
		icon: 'help',
		run: () => overlays.open('help'),
	},
];
