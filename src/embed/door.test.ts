import { createOutlet } from '../core/outlet';
import { seal } from '../core/outlet/outgoing';
import { describe, expect, test } from 'vitest';
import type { ActivityEntry } from '../core/activity';
import { encodeLink, type Scenario } from '../core/scenario';
import type { DeckComponent } from '../deck/deck';
import type { Tapedeck } from '../page/door';
import { createEmbedDoor, type Proposal } from './door';
import type { EmbedReply } from './protocol';

const origin = 'https://course.example';
const scenario: Scenario = {
	version: 1,
	components: [{ id: 'fetch', source: { sample: 'fetch' }, policy: null }],
};

/** A door whose person does what `decide` says of each proposal. */
function setUp(decide: (proposal: Proposal) => boolean = () => true) {
	const sent: { reply: EmbedReply; to: string }[] = [];
	const proposals: Proposal[] = [];
	const done: string[] = [];
	const listeners = new Set<() => void>();
	const deck = {
		outlet: createOutlet([]),
		components: [] as Pick<DeckComponent, 'id' | 'sha256' | 'policy'>[],
		engine: '0.8.1',
		activity: [] as ActivityEntry[],
		find: (tool: string) => (tool === 'fetch' ? { ok: true } : { ok: false, error: `No tool ${tool}` }),
		subscribe: (listener: () => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const tapedeck = {
		version: '1.2.3',
		decide: () => ({ outcome: 'deny' }),
		callTool: async (name: string) => (done.push(`call ${name}`), { content: [] }),
		setPolicy: (id: string, policy: string) => {
			done.push(`policy ${policy}`);
			deck.components = deck.components.map((one) => (one.id === id ? { ...one, policy } : one));
		},
		setEngine: (engine: string) => {
			done.push(`engine ${engine}`);
			deck.engine = engine;
		},
		load: async (_: Uint8Array, id: string) => (done.push(`load ${id}`), { id, sha256: '', tools: [] }),
		activity: () => deck.activity,
		scenario: () => scenario,
		link: async () => 'a link',
	} as unknown as Tapedeck;
	const around = {
		postMessage: (reply: EmbedReply, { targetOrigin }: { targetOrigin: string }) =>
			sent.push({ reply: structuredClone(reply), to: targetOrigin }),
	};
	const door = createEmbedDoor({
		around,
		tapedeck,
		deck: deck as never,
		open: async () => {
			done.push('open');
			deck.components = [{ id: 'fetch', sha256: 'a', policy: null }];
		},
		propose: async (proposal, carryOut) => {
			proposals.push(proposal);
			if (!decide(proposal)) throw new Error('Refused.');
			await carryOut();
		},
	});
	let lastId = 0;
	async function ask(method: unknown, ...params: unknown[]) {
		const id = ++lastId;
		door.receive({ data: { tapedeck: 1, id, method, params }, origin, source: around });
		await new Promise((resolve) => setImmediate(resolve));
		return sent.find(({ reply }) => 'id' in reply && reply.id === id)?.reply;
	}
	return {
		door,
		deck,
		around,
		sent,
		proposals,
		done,
		ask,
		announce: () => listeners.forEach((listener) => listener()),
	};
}

describe('the door of an embedded page', () => {
	test('answers the window around it, to the origin that asked', async () => {
		const { ask, sent } = setUp();
		expect(await ask('hello')).toEqual({
			tapedeck: 1,
			id: 1,
			ok: true,
			result: { version: '1.2.3', protocol: 1 },
		});
		expect(sent.map(({ to }) => to)).toEqual([origin]);
	});

	test.each([
		['another window', { source: {} }],
		['an opaque origin', { origin: 'null' }],
		['another version', { data: { tapedeck: 2, id: 1, method: 'hello' } }],
		['no message of ours', { data: 'hello' }],
		['no id', { data: { tapedeck: 1, method: 'hello' } }],
		['an id that is an object', { data: { tapedeck: 1, id: {}, method: 'hello' } }],
	])('is silent to %s', async (_, changes) => {
		const { door, around, sent } = setUp();
		door.receive({ data: { tapedeck: 1, id: 1, method: 'hello' }, origin, source: around, ...changes });
		await new Promise((resolve) => setImmediate(resolve));
		expect(sent).toEqual([]);
		expect(door.origin()).toBeNull();
	});

	test.each<[string, unknown[]]>([
		['constructor', []],
		['open', [42]],
		['open', [{ version: 1, components: 'x' }]],
		['load', ['text', 'id']],
		['callTool', ['fetch', 'text']],
		['setEngine', ['9']],
		['decide', [{ kind: 'storage', path: '/' }, { policy: '' }]],
	])('refuses %s with %j, and asks nobody', async (method, params) => {
		const { ask, proposals, done } = setUp();
		expect(await ask(method, ...params)).toMatchObject({
			ok: false,
			error: expect.stringMatching(/\.$|engine/),
		});
		expect([proposals, done]).toEqual([[], []]);
	});

	test('opens nothing without the person, and exactly what they agreed to', async () => {
		const refused = setUp(() => false);
		expect(await refused.ask('open', scenario)).toMatchObject({ ok: false, error: 'Refused.' });
		expect(refused.done).toEqual([]);

		const agreed = setUp();
		expect(await agreed.ask('open', `#${encodeLink(seal(scenario))}`)).toMatchObject({ ok: true });
		expect(agreed.proposals).toEqual([{ kind: 'scenario', origin, scenario }]);
		expect(agreed.done).toEqual(['open']);
	});

	test('calls tools of what the person agreed to without asking again', async () => {
		const { ask, proposals, done } = setUp();
		await ask('open', scenario);
		expect(await ask('callTool', 'fetch', { url: 'x' })).toMatchObject({ ok: true });
		expect(proposals).toHaveLength(1);
		expect(done).toEqual(['open', 'call fetch']);
	});

	test('asks before it uses what was opened by other means', async () => {
		const { ask, deck, proposals, done } = setUp(({ kind }) => kind !== 'access');
		expect(await ask('activity')).toMatchObject({ ok: false, error: 'Nothing is open yet.' });
		deck.components = [{ id: 'fetch', sha256: 'a', policy: null }];
		for (const method of ['callTool', 'activity', 'scenario', 'link', 'subscribe'])
			expect(await ask(method, 'fetch')).toMatchObject({ ok: false, error: 'Refused.' });
		expect(proposals.map(({ kind }) => kind)).toEqual(Array(5).fill('access'));
		expect(done).toEqual([]);
	});

	test('asks again when the policy was changed meanwhile', async () => {
		const { ask, deck, proposals } = setUp();
		await ask('open', scenario);
		deck.components = [{ id: 'fetch', sha256: 'a', policy: 'wider' }];
		await ask('callTool', 'fetch', {});
		expect(proposals.map(({ kind }) => kind)).toEqual(['scenario', 'access']);
	});

	test('changes no policy and no engine, and loads nothing, unless the person agrees to it', async () => {
		const { ask, deck, proposals, done } = setUp(() => false);
		deck.components = [{ id: 'fetch', sha256: 'a', policy: null }];
		await ask('setPolicy', 'fetch', 'version: "1.0"');
		await ask('setEngine', 'documented');
		await ask('load', new Uint8Array(3), 'other');
		expect(proposals).toEqual([
			{ kind: 'policy', origin, component: 'fetch', policy: 'version: "1.0"' },
			{ kind: 'engine', origin, engine: 'documented' },
			{ kind: 'component', origin, id: 'other', size: 3 },
		]);
		expect(done).toEqual([]);
	});

	test('does not call the tools by which policies are changed and components loaded', async () => {
		const { ask, deck, done } = setUp();
		await ask('open', scenario);
		// A component may export a function of that name; the server would still take its own.
		deck.find = () => ({ ok: true });
		for (const tool of ['grant-network-permission', 'load-component', 'reset-permission'])
			expect(await ask('callTool', tool, {})).toMatchObject({ ok: false });
		expect(done).toEqual(['open']);
	});

	test('tells of activity after subscribing, and only while the agreement holds', async () => {
		const { ask, deck, sent, announce } = setUp();
		const entry = (id: number, status: string) => ({ kind: 'tool-call', id, status }) as ActivityEntry;
		await ask('open', scenario);
		deck.activity = [entry(1, 'result')];
		await ask('subscribe');
		deck.activity = [...deck.activity, entry(2, 'running'), { kind: 'host-call', id: 3 } as ActivityEntry];
		announce();
		deck.activity = [entry(1, 'result'), entry(2, 'result'), deck.activity[2]!];
		announce();
		deck.engine = 'documented';
		deck.activity = [...deck.activity, entry(4, 'result')];
		announce();
		const events = sent.filter(({ reply }) => 'event' in reply);
		expect(events.map(({ reply }) => 'entries' in reply && reply.entries)).toEqual([
			[entry(2, 'running'), { kind: 'host-call', id: 3 }],
			[entry(2, 'result')],
		]);
		expect(new Set(events.map(({ to }) => to))).toEqual(new Set([origin]));
	});

	test('refuses what is more than it can hold', async () => {
		const { door, around, sent, deck } = setUp();
		deck.components = [{ id: 'fetch', sha256: 'a', policy: null }];
		const hanging = createEmbedDoor({
			around,
			tapedeck: {} as Tapedeck,
			deck: deck as never,
			open: async () => {},
			propose: () => new Promise(() => {}),
		});
		for (let id = 0; id < 40; id++)
			hanging.receive({ data: { tapedeck: 1, id, method: 'activity' }, origin, source: around });
		await new Promise((resolve) => setImmediate(resolve));
		expect(sent.filter(({ reply }) => 'ok' in reply && !reply.ok)).toHaveLength(8);
		expect(door.origin()).toBeNull();
	});
});
