import { describe, expect, test } from 'vitest';
import type { CallReport, CallSetup } from '../core/call';
import { processConfinement, wassetteConfinement } from '../core/isolation';
import { ok } from '../core/result';
import { worldOf } from '../core/scenario';
import { toolsOf } from '../core/wit';
import { createDeck } from './create-deck';
import type { DeckParts } from './deck-parts';
import { createRunUnder } from './run-under';

const report: CallReport = {
	outcome: { status: 'returned', json: 'done', isErr: false },
	changes: [{ kind: 'write', path: '/data/new', content: new Uint8Array(1), modified: 0 }],
	times: { startMs: 0, instantiateMs: 0, runMs: 0, hostMs: 0, hostCalls: 0, peakMemoryBytes: 0 },
};

const world = worldOf({
	files: { '/data/a': 'a', '/home/key': 'CANARY' },
	variables: { TOKEN: 'CANARY' },
	routes: [{ url: 'https://routed.test/*', body: 'routed' }],
	network: 'live',
});

const request = (url: string) => ({
	method: 'GET',
	url,
	headers: [],
	body: null,
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
});

/** A deck with the component `a` and its tool `one`, whose sandbox is `run`; `sent` counts live requests. */
async function rig(run: DeckParts['run']) {
	const sent: string[] = [];
	const parts: DeckParts = {
		loadComponent: async () =>
			ok({
				sha256: '0'.repeat(64),
				size: 8,
				program: { source: '', modules: [], imports: [], mode: 'jspi' },
				tools: toolsOf([
					{ interface: null, name: 'one', params: [], result: null },
					{ interface: null, name: 'named', params: [{ name: 'x', type: { kind: 'string' } }], result: null },
				]),
				wit: '',
				missing: [],
				standIns: [],
				notes: [],
			}),
		run,
		fetchLive: async ({ url }) => {
			sent.push(url);
			return { ok: false, error: { tag: 'connection-refused' } };
		},
		now: () => 0,
		wallNow: () => 0,
		schedule: (task) => queueMicrotask(task),
		wait: async () => {},
	};
	const deck = createDeck(parts);
	await deck.load(new Uint8Array(8), 'a', { source: { file: 'a.wasm' }, policy: null });
	deck.setWorld(world);
	return { deck, sent, runUnder: createRunUnder(deck, parts) };
}

describe('a call under another confinement', () => {
	test('is handed what that one covers', async () => {
		const seen: CallSetup[] = [];
		const { runUnder } = await rig(async (_program, setup) => {
			seen.push(setup);
			return report;
		});
		await runUnder('a', 'one', {}, processConfinement(world));
		const wassette = wassetteConfinement(null, '0.8.1', world);
		if (wassette.ok) await runUnder('a', 'one', {}, wassette.value);
		const [process, policy] = seen;
		expect([...process!.files.keys()]).toContain('/home/key');
		expect(process!.variables).toEqual([['TOKEN', 'CANARY']]);
		expect([...policy!.files.keys()]).toEqual([]);
		expect(policy!.variables).toEqual([]);
	});

	test('leaves no trace: no file, no activity, no new revision', async () => {
		const { deck, runUnder } = await rig(async (_program, _setup, ports) => {
			ports.record({
				...{ capability: 'storage', operation: 'open-at create', target: '/data/new', access: 'write' },
				...{ outcome: 'allow', rule: null, reason: 'granted', at: 0 },
			});
			ports.output('stdout', new Uint8Array(3));
			return report;
		});
		const before = deck.components;
		const ran = await runUnder('a', 'one', {}, processConfinement(world));
		expect(ran.ok && ran.value.hostCalls).toHaveLength(1);
		expect(deck.world).toBe(world);
		expect(deck.activity).toEqual([]);
		expect(deck.components).toBe(before);
	});

	test('sends nothing: a route answers, or the request is only recorded', async () => {
		const answers: unknown[] = [];
		const { sent, runUnder } = await rig(async (_program, _setup, ports) => {
			for (const url of ['https://routed.test/x', 'https://other.test/']) {
				const answer = await ports.request(request(url));
				answers.push(answer.ok ? answer.status : answer.error.tag);
			}
			return report;
		});
		const ran = await runUnder('a', 'one', {}, processConfinement(world));
		expect(sent).toEqual([]);
		expect(answers).toEqual([200, 'destination-not-found']);
		expect(ran.ok && ran.value.hostCalls).toMatchObject([
			{ target: 'https://routed.test/x', outcome: 'allow', result: '200' },
			{
				target: 'https://other.test/',
				outcome: 'allow',
				detail: 'Would have been reached; a comparison sends nothing.',
			},
		]);
	});

	test('is decided on by the page too, whatever the sandbox says', async () => {
		const { runUnder } = await rig(async (_program, _setup, ports) => {
			await ports.request(request('https://routed.test/x'));
			return report;
		});
		const wassette = wassetteConfinement(null, '0.8.1', world);
		const ran = wassette.ok ? await runUnder('a', 'one', {}, wassette.value) : null;
		expect(ran?.ok && ran.value.hostCalls).toMatchObject([{ outcome: 'deny', reason: 'no-policy' }]);
	});

	test('is refused where the tool is not there or its arguments do not fit', async () => {
		const { runUnder } = await rig(async () => report);
		expect(await runUnder('a', 'two', {}, processConfinement(world))).toMatchObject({ ok: false });
		expect(await runUnder('a', 'named', { x: 1 }, processConfinement(world))).toMatchObject({ ok: false });
	});
});
