import type { Deck } from '../../../deck/deck';
import { captureScenario } from '../../../deck/scenario';
import { own } from '../../../core/outlet';
import { copyText } from '../../base/copy-text';
import { download } from '../../base/download';
import { embedCode } from '../../../core/export/embed-code';
import type { Session } from '../../session.svelte';
import type { Notices } from '../notices.svelte';
import type { Command } from './command';

/** Largest component from a file that the code to embed carries inside, in bytes. */
const embedUpTo = 16 * 2 ** 10;

/** The commands that lead out of the page: into an installed Wassette, into a file, into another page; and to the surprises. */
export function exportCommands({
	live,
	notices,
	overlays,
}: Pick<Session, 'live' | 'notices' | 'overlays'>): readonly Command[] {
	const isEmpty = live.components.length === 0;
	return [
		{
			id: 'surprises',
			title: 'Show the surprises',
			hint: 'what Wassette does and nobody expects',
			icon: 'warning',
			run: () => overlays.open('surprises'),
		},
		{
			id: 'wassette',
			title: 'Use in Wassette…',
			hint: 'policy files, commands and a manifest',
			icon: 'component',
			disabled: isEmpty,
			run: () => overlays.open('wassette'),
		},
		{
			id: 'download-bundle',
			title: 'Download bundle',
			hint: 'components, policies, scenario and manifest in one zip',
			icon: 'download',
			disabled: isEmpty,
			run: () => void downloadBundle(live.deck),
		},
		{
			id: 'copy-embed',
			title: 'Copy code that embeds this',
			hint: 'a frame for another page',
			icon: 'copy',
			disabled: isEmpty,
			run: () => void copyEmbedCode(live.deck, notices),
		},
	];
}

async function downloadBundle(deck: Deck): Promise<void> {
	const { WassetteDesk } = await import('../../export/wassette-desk.svelte');
	download(own('tapedeck-bundle.zip'), new WassetteDesk(() => deck).bundle(), 'application/zip');
}

async function copyEmbedCode(deck: Deck, notices: Notices): Promise<void> {
	try {
		const { encodeLink } = await import('../../../core/scenario/link');
		const code = embedCode(deck.outlet.text(location.href), encodeLink(captureScenario(deck, { embedUpTo })));
		await copyText(code);
		notices.say('The code is copied. Values of secret variables are not in it.');
	} catch {
		notices.say('The browser refused to copy. Allow this page to use the clipboard, and try again.');
	}
}
