import { expect, test } from 'vitest';
import { otherSession, stillDeck } from '../../deck/testing/still-deck';
import { FilesDesk } from './files-desk.svelte';

/** A file that is read when `end` is called. */
function slowFile(name: string) {
	let end = () => {};
	const content = new Promise<ArrayBuffer>((resolve) => (end = () => resolve(new ArrayBuffer(3))));
	return { file: { name, size: 3, arrayBuffer: () => content } as File, end: () => end() };
}

test('a file that is read for a while lands in its own session, and is dropped with a word when that is gone', async () => {
	const deck = await stillDeck();
	const desk = new FilesDesk({ deck });
	const [first, second] = [slowFile('first.txt'), slowFile('second.txt')];
	const kept = desk.upload([first.file], '/');
	first.end();
	expect(await kept).toMatchObject({ ok: true });
	expect(deck.world.files.has('/first.txt')).toBe(true);
	const late = desk.upload([second.file], '/');
	deck.replace(otherSession);
	second.end();
	expect(await late).toMatchObject({ ok: false, error: expect.stringContaining('second.txt') });
	expect(deck.world.files.has('/second.txt')).toBe(false);
});
