import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ActivityEntry } from '../core/activity';
import { whenQuiet } from './when-quiet';

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('window', {});
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function deckOf() {
	let listener = () => {};
	const deck = {
		activity: [] as readonly ActivityEntry[],
		subscribe: (added: () => void) => {
			listener = added;
			return () => (listener = () => {});
		},
	};
	const show = (status: string) => {
		deck.activity = [{ kind: 'tool-call', status } as ActivityEntry];
		listener();
	};
	return { deck, show };
}

test('the page is quiet after the first call has its result, and not while it runs', async () => {
	const { deck, show } = deckOf();
	const quiet = vi.fn();
	void whenQuiet(deck).then(quiet);
	show('running');
	await vi.advanceTimersByTimeAsync(1_000);
	expect(quiet).not.toHaveBeenCalled();
	show('result');
	await vi.advanceTimersByTimeAsync(300);
	expect(quiet).toHaveBeenCalled();
});

test('the page is quiet after a while without a call', async () => {
	const quiet = vi.fn();
	void whenQuiet(deckOf().deck).then(quiet);
	await vi.advanceTimersByTimeAsync(3_000);
	expect(quiet).toHaveBeenCalled();
});
