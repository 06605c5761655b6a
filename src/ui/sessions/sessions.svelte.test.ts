import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { err, ok } from '../../core/result';
import { readJournals } from '../../deck/session-journal';
import type { SessionStore } from '../../deck/session-store';
import { stillDeck } from '../../deck/testing/still-deck';
import { Notices } from '../shell/notices.svelte';
import { RunMarker } from '../../deck/run-marker';
import { Sessions } from './sessions.svelte';

/** Takes away what the page of the test before listens to. */
const forget: (() => void)[] = [];

beforeEach(() => {
	vi.useFakeTimers();
	const listen = globalThis.addEventListener;
	vi.spyOn(globalThis, 'addEventListener').mockImplementation((...of: Parameters<typeof listen>) => {
		listen(...of);
		forget.push(() => removeEventListener(...of));
	});
});
afterEach(() => {
	for (const one of forget.splice(0)) one();
	vi.useRealTimers();
	vi.restoreAllMocks();
	localStorage.clear();
	sessionStorage.clear();
});

const head = { id: 'one', name: null, savedAt: 1, components: [], digests: [], contents: [] };

async function rig(changes: Partial<SessionStore> = {}) {
	const deck = await stillDeck();
	const put = vi.fn<SessionStore['put']>(async ({ id, name, savedAt }) => ok({ ...head, id, name, savedAt }));
	const store = {
		list: async () => [head],
		get: async () => null,
		put,
		held: () => ({ savedAt: [], digests: ['0'.repeat(64)], keyOf: () => undefined }),
		...changes,
	} as unknown as SessionStore;
	const notices = new Notices();
	const paused = vi.fn(() => false);
	const sessions = new Sessions({ deck, store, notices, runs: new RunMarker(), deed: () => {}, paused });
	const edit = (comment: string) => deck.setPolicy('a', `version: "1.0"\n# ${comment}\n`);
	const left = () => readJournals(localStorage).map(({ scenario }) => JSON.stringify(scenario));
	return { deck, put, sessions, notices, edit, left, paused };
}

const hide = (persisted = false) => dispatchEvent(Object.assign(new Event('pagehide'), { persisted }));

describe('a start', () => {
	test('reads a session that cannot be read once, and says so once', async () => {
		const get = vi.fn(async () => err({ why: 'It is damaged.', text: '{}' }));
		sessionStorage.setItem('tapedeck:tab', 'one');
		const { sessions, notices } = await rig({ get });
		expect(await sessions.resume()).toBeNull();
		expect(get).toHaveBeenCalledTimes(1);
		expect(notices.all.map(({ text }) => text)).toEqual([expect.stringContaining('can no longer be read')]);
		expect(sessions.isOpenHere(head)).toBe(false);
	});
});

describe('a change', () => {
	test('is kept at once after a quiet while, and those that follow soon are kept together', async () => {
		const { sessions, edit, put } = await rig();
		await sessions.resume();
		sessions.follow(false);
		edit('first');
		await vi.advanceTimersByTimeAsync(0);
		expect(put).toHaveBeenCalledTimes(1);
		for (const comment of ['second', 'third', 'fourth']) edit(comment);
		await vi.advanceTimersByTimeAsync(299);
		expect(put).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(1);
		expect(put).toHaveBeenCalledTimes(2);
		expect(JSON.stringify(put.mock.lastCall?.[0])).toContain('# fourth');
	});

	test('waits for one keeping at most, and no other stands before it, however slow the disk is', async () => {
		const ends: (() => void)[] = [];
		const put = vi.fn<SessionStore['put']>(
			({ id, name, savedAt }) =>
				new Promise((resolve) => ends.push(() => resolve(ok({ ...head, id, name, savedAt })))),
		);
		const { sessions, edit } = await rig({ put });
		await sessions.resume();
		sessions.follow(false);
		for (let second = 0; second < 5; second++) {
			edit(`of second ${second}`);
			await vi.advanceTimersByTimeAsync(1000);
		}
		expect(put).toHaveBeenCalledTimes(1);
		ends[0]!();
		await vi.advanceTimersByTimeAsync(0);
		expect(put).toHaveBeenCalledTimes(2);
		expect(JSON.stringify(put.mock.lastCall?.[0])).toContain('# of second 4');
		ends[1]!();
		await vi.advanceTimersByTimeAsync(0);
	});
});

describe('a browser that refuses', () => {
	test.each([
		['QuotaExceededError', 'There is no room left for this page on this disk'],
		['VersionError', 'A newer version of this page is open in another tab'],
		['TimeoutError', 'This browser’s storage does not answer'],
		['InvalidStateError', 'This browser keeps nothing for this page'],
	])(
		'with a %s has it said once why nothing is kept, until it is kept again, and loses nothing then',
		async (name, words) => {
			const put = vi.fn<SessionStore['put']>(async () => {
				throw new DOMException('refused', name);
			});
			const { sessions, notices, edit, left } = await rig({ put });
			await sessions.resume();
			sessions.follow(false);
			const said = () => notices.all.filter(({ text }) => text.startsWith(words)).length;
			for (const comment of ['first', 'second']) {
				edit(comment);
				expect(await sessions.keep()).toBe(false);
			}
			expect([sessions.problem, sessions.works, said()]).toEqual([expect.stringContaining(words), false, 1]);
			hide();
			expect(left()).toEqual([expect.stringContaining('# second')]);
			dispatchEvent(new Event('pageshow'));
			put.mockImplementation(async ({ id, savedAt }) => ok({ ...head, id, savedAt }));
			expect(await sessions.keep()).toBe(true);
			expect([sessions.problem, sessions.works, localStorage.length]).toEqual([null, true, 0]);
		},
	);

	test('for a while is asked again without another change', async () => {
		const put = vi.fn<SessionStore['put']>(async ({ id, savedAt }) => ok({ ...head, id, savedAt }));
		put.mockRejectedValueOnce(new DOMException('late', 'TimeoutError'));
		const { sessions, edit } = await rig({ put });
		await sessions.resume();
		sessions.follow(false);
		edit('once');
		expect(await sessions.keep()).toBe(false);
		await vi.advanceTimersByTimeAsync(300);
		expect(sessions.problem).toBeNull();
		expect(put).toHaveBeenCalledTimes(2);
	});

	test('from the start has nothing written down that would have no place to be taken to', async () => {
		const list = () => Promise.reject(new DOMException('no', 'InvalidStateError'));
		const { sessions, edit, left } = await rig({ list });
		await sessions.resume();
		sessions.follow(false);
		edit('late');
		hide();
		expect(left()).toEqual([]);
	});

	test('at the start has what an earlier page wrote down stay where it is', async () => {
		const first = await rig();
		await first.sessions.resume();
		first.sessions.follow(false);
		first.edit('late');
		hide();
		const fold = vi.fn(() => Promise.reject(new DOMException('no room', 'QuotaExceededError')));
		const next = await rig({ fold });
		await next.sessions.resume();
		expect(fold).toHaveBeenCalledTimes(1);
		expect(next.sessions.problem).toContain('There is no room left');
		expect(next.left()).toEqual([expect.stringContaining('# late')]);
	});
});

test('nothing is said to be saved while a lesson is open', async () => {
	const { sessions, notices, put, paused } = await rig();
	await sessions.resume();
	sessions.follow(false);
	paused.mockReturnValue(true);
	await sessions.saveAs('mine');
	expect([put.mock.calls, sessions.name]).toEqual([[], null]);
	expect(notices.all.at(-1)?.text).toContain('nothing was saved');
});

describe('a page that is left', () => {
	test('writes down what is not kept yet, also where the browser breaks off the first that tries', async () => {
		const { sessions, edit, left, paused } = await rig();
		await sessions.resume();
		sessions.follow(false);
		edit('late');
		// A script that is broken off throws nothing that anybody could catch; this comes as near as a test can.
		addEventListener('error', (event) => event.preventDefault(), { once: true });
		paused.mockImplementationOnce(() => {
			throw new Error('broken off');
		});
		hide();
		expect(left()).toEqual([expect.stringContaining('# late')]);
	});

	test('keeps what it wrote down, where what it put before comes through only then', async () => {
		let end = () => {};
		const put = vi.fn<SessionStore['put']>(
			({ id, name, savedAt }) =>
				new Promise((resolve) => (end = () => resolve(ok({ ...head, id, name, savedAt })))),
		);
		const { sessions, edit, left } = await rig({ put });
		await sessions.resume();
		sessions.follow(false);
		edit('early');
		const keeping = sessions.keep();
		edit('late');
		hide();
		end();
		await keeping;
		expect(left()).toEqual([expect.stringContaining('# late')]);
	});

	test('has the browser ask before it goes, where what is not kept yet is more than can be written down', async () => {
		const { deck, sessions, edit, left } = await rig();
		await sessions.resume();
		sessions.follow(false);
		const asks = () => {
			const event = new Event('beforeunload', { cancelable: true });
			dispatchEvent(event);
			return event.defaultPrevented;
		};
		expect(asks()).toBe(false);
		edit('small');
		expect([asks(), left()]).toEqual([false, [expect.stringContaining('# small')]]);
		deck.setFiles(
			new Map(deck.world.files).set('/large', {
				kind: 'file',
				content: new TextEncoder().encode('x'.repeat(2 ** 21)),
				size: 2 ** 21,
				modified: 0,
			}),
		);
		expect(asks()).toBe(true);
		await vi.advanceTimersByTimeAsync(1000);
		expect(asks()).toBe(false);
	});

	test('is kept once more when it is back', async () => {
		const { sessions, edit, put } = await rig();
		await sessions.resume();
		sessions.follow(false);
		edit('late');
		hide(true);
		dispatchEvent(new Event('pageshow'));
		await vi.advanceTimersByTimeAsync(1000);
		expect(put).toHaveBeenCalledTimes(1);
		expect(localStorage.length).toBe(0);
	});
});
