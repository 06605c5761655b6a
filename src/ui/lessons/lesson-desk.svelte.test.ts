import { afterEach, describe, expect, test, vi } from 'vitest';
import { ok } from '../../core/result';
import { otherSession, stillDeck } from '../../deck/testing/still-deck';
import { Notices } from '../shell/notices.svelte';
import { LessonDesk } from './lesson-desk.svelte';

afterEach(() => localStorage.clear());

async function rig() {
	const deck = await stillDeck();
	deck.setNotes({ title: 'mine' });
	const comes: (() => void)[] = [];
	const kept: (string | undefined)[] = [];
	const notices = new Notices();
	const sessions = {
		keep: vi.fn(async () => {
			kept.push(deck.notes.title);
			return true;
		}),
		moveOn: vi.fn(async () => {}),
	};
	const surface = {
		...{ notices, scenarios: { sessions }, selection: { tools: [], tool: null, selectTool: () => {} } },
		console: { keep: () => ({}), restore: () => {}, setArguments: () => {}, remembers: true },
	} as unknown as ConstructorParameters<typeof LessonDesk>[0];
	const loadSample = () =>
		new Promise((resolve) => comes.push(() => resolve(ok({ id: 'c', bytes: new Uint8Array(1) }))));
	const desk = new LessonDesk(surface, { deck, loadSample } as unknown as ConstructorParameters<
		typeof LessonDesk
	>[1]);
	/** Opens a lesson; what `meanwhile` does is done while its component is on the way. */
	const open = async (at: number, meanwhile = () => {}) => {
		const opened = desk.open(at);
		await vi.waitFor(() => expect(comes.length).toBeGreaterThan(0));
		meanwhile();
		for (let come = comes.shift(); come; come = comes.shift()) {
			come();
			await Promise.resolve();
		}
		await opened;
	};
	return { deck, desk, open, sessions, kept, notices };
}

describe('the session of a person', () => {
	test('is kept, and put aside, as it is when the lesson takes its place', async () => {
		const { deck, desk, open, kept } = await rig();
		await open(0, () => deck.setNotes({ title: 'changed meanwhile' }));
		expect([desk.isInDeck, kept]).toEqual([true, ['changed meanwhile']]);
		desk.leave();
		expect([desk.isInDeck, deck.notes.title]).toEqual([false, 'changed meanwhile']);
	});

	test('that is opened during a lesson is no lesson, and is what the next lesson puts aside', async () => {
		const { deck, desk, open, kept } = await rig();
		await open(0);
		deck.replace({ ...otherSession, notes: { title: 'opened' } });
		expect(desk.isInDeck).toBe(false);
		await open(1);
		expect(kept).toEqual(['mine', 'opened']);
		desk.leave();
		expect(deck.notes.title).toBe('opened');
	});

	test('comes back beside the one that was opened during a lesson, and not in its place', async () => {
		const { deck, desk, open, kept, sessions, notices } = await rig();
		await open(0);
		deck.replace({ ...otherSession, notes: { title: 'opened' } });
		desk.leave();
		expect(deck.notes.title).toBe('opened');
		notices.all.at(-1)!.action!.run();
		await vi.waitFor(() => expect(deck.notes.title).toBe('mine'));
		expect([kept, sessions.moveOn.mock.calls]).toEqual([['mine', 'opened'], [[null]]]);
	});
});
