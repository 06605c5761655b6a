import { directoryOrigin, understand } from '../../core/address';
import type { Sought } from '../overlays.svelte';
import type { Command } from '../shell/commands/command';

/**
 * What can be done with a text that is no command: put it into the field for addresses where it names something, and look for it in
 * wasm.directory. Nothing where nothing was typed. The text is a person's own.
 */
export function elsewhere(typed: string, onseek: (sought: Sought) => void): readonly Command[] {
	if (typed === '') return [];
	const isNamed = /[:/]/.test(typed) && understand(typed).ok;
	return [
		...(isNamed
			? [
					{
						id: 'load-typed',
						title: `Load ${typed}…`,
						hint: 'says first whom it asks',
						icon: 'link',
						run: () => onseek({ text: typed, search: false }),
					} as const,
				]
			: []),
		{
			id: 'search-directory',
			title: 'Search wasm.directory for these words',
			hint: `asks ${new URL(directoryOrigin).host}`,
			icon: 'search',
			run: () => onseek({ text: typed, search: true }),
		},
	];
}
