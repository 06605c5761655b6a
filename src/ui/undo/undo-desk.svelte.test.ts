import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../core/call';
import { ok } from '../../core/result';
import { emptyWorld } from '../../core/world';
import { createDeck } from '../../deck/create-deck';
import { Notices } from '../shell/notices.svelte';
import { UndoDesk } from './undo-desk.svelte';

const granted = 'version: "1.0"\npermissions: {}\n';

async function rig() {
	const deck = createDeck({
		loadComponent: async () =>
			ok({
				...{ sha256: '0'.repeat(64), size: 1, tools: [], wit: '', missing: [], standIns: [], notes: [] },
				program: { source: '', modules: [], imports: [], mode: 'jspi' },
			}),
		run: () => Promise.reject(new Error('Nothing runs here.')),
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		...{ now: () => 0, wallNow: () => 0, schedule: (task) => task(), wait: async () => {} },
	});
	await deck.load(new Uint8Array(1), 'a', { source: { file: 'a' }, policy: 'version: "1.0"\n' });
	const notices = new Notices();
	const undo = new UndoDesk(deck, notices);
	const offers = () => {
		flushSync();
		return notices.all.map(({ text }) => text);
	};
	const press = () => notices.all.at(-1)!.action!.run();
	const policy = () => deck.components[0]!.policy;
	return { deck, undo, offers, press, policy };
}

const other = {
	...{ components: [], engine: '0.8.1', world: emptyWorld, limits: defaultLimits, notes: {} },
};

describe('a change of the session', () => {
	test('is offered to be taken back, once', async () => {
		const { deck, undo, offers, press, policy } = await rig();
		undo.doing('Granted.', () => deck.setPolicy('a', granted));
		expect(offers()).toEqual(['Granted.']);
		press();
		expect(policy()).toBe('version: "1.0"\n');
		expect(offers()).toEqual([]);
		expect(undo.undo()).toBe(false);
	});

	test('that changed nothing is not spoken of', async () => {
		const { deck, undo, offers } = await rig();
		undo.doing('Removed.', () => deck.unload('none'));
		expect(offers()).toEqual([]);
	});

	test('that a setter refuses is told with its reason, and nothing is offered', async () => {
		const { deck, undo, offers, policy } = await rig();
		undo.doing('Replaced.', () => deck.setPolicy('a', 'x'.repeat(2 ** 21)));
		expect(offers()).toEqual([expect.stringMatching(/\. Nothing was changed\.$/)]);
		expect(policy()).toBe('version: "1.0"\n');
		expect(undo.undo()).toBe(false);
	});

	test('is taken back alone: a comment that was typed since stays', async () => {
		const { deck, undo, press, policy } = await rig();
		undo.doing('Granted.', () => deck.setPolicy('a', granted));
		deck.setPolicy('a', `# mine\n${granted}`);
		press();
		expect(policy()).toBe('# mine\nversion: "1.0"\n');
	});

	test('is no longer offered once it does not apply', async () => {
		const { deck, undo, offers, policy } = await rig();
		undo.doing('Granted.', () => deck.setPolicy('a', granted));
		deck.setPolicy('a', 'something else\n');
		expect(offers()).toEqual([]);
		expect(undo.undo()).toBe(false);
		expect(policy()).toBe('something else\n');
	});

	test('goes with its session, and leaves the next one alone', async () => {
		const { deck, undo, offers, policy } = await rig();
		const { components } = deck;
		undo.doing('Granted.', () => deck.setPolicy('a', granted));
		deck.replace({ ...other, components: [{ ...components[0]!, policy: granted }] });
		expect(offers()).toEqual([]);
		expect(undo.undo()).toBe(false);
		expect(policy()).toBe(granted);
	});
});

describe('the key that takes back', () => {
	test('goes from the latest change to the ones before it', async () => {
		const { deck, undo } = await rig();
		undo.doing('Granted.', () => deck.setPolicy('a', granted));
		undo.doing('Unloaded.', () => deck.unload('a'));
		expect(undo.undo()).toBe(true);
		expect(deck.components).toMatchObject([{ id: 'a', policy: granted }]);
		expect(undo.undo()).toBe(true);
		expect(deck.components).toMatchObject([{ policy: 'version: "1.0"\n' }]);
		expect(undo.undo()).toBe(false);
	});

	test('leaves the record of a component that comes back as current as it was', async () => {
		const { deck, undo } = await rig();
		const { revision } = deck.components[0]!;
		undo.doing('Unloaded.', () => deck.unload('a'));
		undo.undo();
		expect(deck.components[0]!.revision).toBe(revision);
		undo.doing('Unloaded.', () => deck.unload('a'));
		deck.setEngine('0.3.0');
		undo.undo();
		expect(deck.components[0]!.revision).toBeGreaterThan(revision);
	});

	test('reaches what was done beside the session in its turn, and nothing else from behind a dialog', async () => {
		const { deck, undo, offers, policy } = await rig();
		const done: string[] = [];
		undo.doing('Granted.', () => deck.setPolicy('a', granted));
		undo.deed('Third was deleted.', () => done.push('third'));
		undo.doing('Removed.', () => deck.setPolicy('a', null));
		expect(undo.undo({ behindDialog: true })).toBe(true);
		expect(undo.undo({ behindDialog: true })).toBe(false);
		expect([done, policy()]).toEqual([['third'], null]);
		undo.undo();
		expect(policy()).toBe(granted);
		undo.deed('Fourth was deleted.', () => done.push('fourth'));
		deck.replace(other);
		expect(offers()).toEqual(['Fourth was deleted.']);
		expect(undo.undo()).toBe(true);
		expect(undo.undo()).toBe(false);
		expect([done, offers()]).toEqual([['third', 'fourth'], []]);
	});
});
