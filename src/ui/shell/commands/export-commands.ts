import { captureScenario } from '../../../deck/scenario';
import { own } from '../../../core/outlet';
import { copyText } from '../../base/copy-text';
import { download } from '../../base/download';
import { embedCode } from '../../../core/export/embed-code';
import type { Session } from '../../session.svelte';
import type { Command } from './command';

/** Largest component from a file that the code to embed carries inside, in bytes. */
const embedUpTo = 16 * 2 ** 10;

/** The commands that lead out of the page: into an installed Wassette, into a file, into another page; and to the surprises. */
export function exportCommands(session: Session): readonly Command[] {
	const isEmpty = session.components.length === 0;
	return [
		{
			id: 'surprises',
			title: 'Show the surprises',
			hint: 'what Wassette does and nobody expects',
			icon: 'warning',
			run: () => (session.overlay = 'surprises'),
		},
		{
			id: 'wassette',
			title: 'Use in Wassette…',
			hint: 'policy files, commands and a manifest',
			icon: 'component',
			disabled: isEmpty,
			why: 'No component is loaded',
			run: () => (session.overlay = 'wassette'),
		},
		{
			id: 'download-bundle',
			title: 'Download bundle',
			hint: 'components, policies, scenario and manifest in one zip',
			icon: 'download',
			disabled: isEmpty,
			why: 'No component is loaded',
			run: () => void downloadBundle(session),
		},
		{
			id: 'copy-embed',
			title: 'Copy code that embeds this',
			hint: 'a frame for another page',
			icon: 'copy',
			disabled: isEmpty,
			why: 'No component is loaded',
			run: () => void copyEmbedCode(session),
		},
	];
}

async function downloadBundle({ parts: { deck } }: Session): Promise<void> {
	const { WassetteDesk } = await import('../../export/wassette-desk.svelte');
	download(own('tapedeck-bundle.zip'), new WassetteDesk(() => deck).bundle(), 'application/zip');
}

async function copyEmbedCode({ parts: { deck }, notices }: Session): Promise<void> {
	try {
		const { encodeLink } = await import('../../../core/scenario/link');
		const code = embedCode(deck.outlet.text(location.href), encodeLink(captureScenario(deck, { embedUpTo })));
		await copyText(code);
		notices.say('The code is copied. Values of secret variables are not in it.');
	} catch {
		notices.say('The browser refused to copy. Allow this page to use the clipboard, and try again.');
	}
}
