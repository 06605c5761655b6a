import type { CommandId } from './commands/command';

export interface Shortcut {
	readonly id: CommandId;
	/** As keyboard events name it, lower case; `mod` is Ctrl, or Cmd on a Mac. */
	readonly key: string;
	readonly mod: boolean;
	readonly shift?: boolean;
	readonly alt?: boolean;
	/** In a text field the key belongs to the text. */
	readonly outsideText?: boolean;
	/** What it does, for the shortcut sheet. */
	readonly words: string;
}

/** Every shortcut of the page. Those without Ctrl or Cmd are not heard while text is typed. */
export const shortcuts: readonly Shortcut[] = [
	{ id: 'run', key: 'enter', mod: true, words: 'Run the tool' },
	{ id: 'stop', key: '.', mod: true, words: 'Stop the call' },
	{ id: 'undo', key: 'z', mod: true, outsideText: true, words: 'Take back the last change' },
	{ id: 'palette', key: 'k', mod: true, words: 'Open the command palette' },
	{ id: 'add-file', key: 'o', mod: true, words: 'Load a component from a file' },
	{ id: 'go-tools', key: '1', mod: false, alt: true, words: 'Go to the tools' },
	{ id: 'go-console', key: '2', mod: false, alt: true, words: 'Go to the call' },
	{ id: 'go-policy', key: '3', mod: false, alt: true, words: 'Go to the policy' },
	{ id: 'go-activity', key: '4', mod: false, alt: true, words: 'Go to the activity' },
	{ id: 'shortcuts', key: '?', mod: false, words: 'Show this sheet' },
];

/** The shortcuts that a dialog has a use for. While one is open, no other key reaches what lies behind it. */
const dialogShortcuts: Readonly<Record<string, readonly CommandId[]>> = {
	palette: ['palette'],
	// The key that runs the call compares it there.
	compare: ['run'],
	// What was deleted there comes back there.
	sessions: ['undo'],
};

/** Whether a key press that asks for this command counts while a modal dialog is open; `dialog` is null for one without a name. */
export const countsInDialog = (command: CommandId, dialog: string | null): boolean =>
	dialog !== null && (dialogShortcuts[dialog]?.includes(command) ?? false);

/** Whether a modal dialog has the page to itself. */
export const isModal = (): boolean => document.querySelector('dialog:modal') !== null;

const typesText = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement &&
	(target.isContentEditable ||
		target.closest('.monaco-editor') !== null ||
		/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The command that a key press asks for, or null. */
export function shortcutOf(event: KeyboardEvent): CommandId | null {
	if (event.defaultPrevented || event.isComposing) return null;
	const mod = event.ctrlKey || event.metaKey;
	const inText = typesText(event.target);
	if (!mod && !event.altKey && inText) return null;
	const key = event.key.toLowerCase();
	const found = shortcuts.find(
		(shortcut) =>
			// With Alt held down some layouts give another character, so the digit is read off the key itself.
			(shortcut.key === key || (shortcut.alt === true && event.code === `Digit${shortcut.key}`)) &&
			shortcut.mod === mod &&
			(shortcut.alt ?? false) === event.altKey &&
			!(shortcut.outsideText && (inText || event.shiftKey)),
	);
	return found?.id ?? null;
}

/** The keys of a shortcut as they are printed on this kind of machine. */
export function keysOf(shortcut: Shortcut, mac: boolean): readonly string[] {
	const key = shortcut.key === 'enter' ? 'Enter' : shortcut.key.toUpperCase();
	return [...(shortcut.mod ? [mac ? '⌘' : 'Ctrl'] : []), ...(shortcut.alt ? [mac ? '⌥' : 'Alt'] : []), key];
}

/** Whether the machine is a Mac, where Cmd takes the place of Ctrl. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
