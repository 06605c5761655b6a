import { flushSync, mount, unmount } from 'svelte';
import { expect, test, vi } from 'vitest';
import { seal } from '../../core/outlet/outgoing';
import type { HarImport } from '../../core/har';
import { otherSession, stillDeck } from '../../deck/testing/still-deck';
import HarButtons from './HarButtons.svelte';

const har = JSON.stringify({
	log: { entries: [{ request: { method: 'GET', url: 'https://a.example/' }, response: { status: 200 } }] },
});

/** A file that is read when `end` is called. */
function slowFile() {
	let end = () => {};
	const text = new Promise<string>((resolve) => (end = () => resolve(har)));
	return { file: { name: 'slow.har', text: () => text }, end: () => end() };
}

test('routes of a file that is read for a while land in their own session, and are dropped with a word when that is gone', async () => {
	const deck = await stillDeck();
	const onimport = vi.fn<(found: HarImport) => void>();
	const buttons = mount(HarButtons, {
		target: document.body,
		props: { routes: seal([]), version: '1', deck, onimport },
	});
	flushSync();
	const picker = document.querySelector<HTMLInputElement>('input[type=file]')!;
	const pick = () => {
		const { file, end } = slowFile();
		Object.defineProperty(picker, 'files', { value: [file], configurable: true });
		picker.dispatchEvent(new Event('change', { bubbles: true }));
		return end;
	};
	pick()();
	await vi.waitFor(() => expect(onimport).toHaveBeenCalledTimes(1));
	const end = pick();
	deck.replace(otherSession);
	end();
	await vi.waitFor(() => {
		flushSync();
		expect(document.querySelector('[role=alert]')?.textContent).toContain('slow.har');
	});
	expect(onimport).toHaveBeenCalledTimes(1);
	void unmount(buttons);
});
