import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** What concerns the page itself: how it looks, and what teaches its use. */
export const pageCommands = (session: Session): readonly Command[] => [
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
		why: 'It is in use',
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
		why: 'No lesson is open',
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
];
