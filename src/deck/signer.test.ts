import { describe, expect, test } from 'vitest';
import { contentPart, signedBytes, statementOf } from '../artifact/signature/testing/own-sigstore';
import { ownKey } from '../artifact/signature/testing/own-certificate';
import { manifestBytes, sha256Of } from '../artifact/testing/layout-of';
import { toBase64Url } from '../core/base64';
import { err, ok } from '../core/result';
import type { Scenario } from '../core/scenario';
import { createDeck } from './create-deck';
import type { Deck } from './deck';
import { captureScenario, openScenario } from './scenario';

const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
const [key, other] = [ownKey(), ownKey()];
const keyed = (content: Parameters<typeof signedBytes>[0], by = key) =>
	JSON.stringify({
		mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
		verificationMaterial: { publicKey: { hint: 'own' } },
		...contentPart(content, by.sign(signedBytes(content))),
	});
const signature = keyed({ kind: 'message', bytes });
const manifest = new TextDecoder().decode(
	manifestBytes({ layers: [{ mediaType: 'application/wasm', content: bytes }] }),
);
const ofManifest = keyed({ kind: 'statement', statement: statementOf(new TextEncoder().encode(manifest)) });
const policy = 'version: "1.0"\npermissions: {}\n';

function newDeck(): { readonly deck: Deck; readonly loaded: () => number } {
	let loaded = 0;
	const deck = createDeck({
		loadComponent: async () => {
			loaded += 1;
			return ok({
				...{
					sha256: sha256Of(bytes),
					size: bytes.length,
					tools: [],
					wit: '',
					missing: [],
					standIns: [],
					notes: [],
				},
				program: { source: '', modules: [], imports: [], mode: 'jspi' as const },
			});
		},
		run: () => Promise.reject(new Error('Nothing is run here.')),
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		...{ now: () => 0, wallNow: () => 0, schedule: queueMicrotask, wait: async () => {} },
	});
	return { deck, loaded: () => loaded };
}

type Component = Scenario['components'][number];
const scenarioOf = (more: Partial<Component>): Scenario => ({
	version: 1,
	components: [{ id: 'x', source: { bytes: toBase64Url(bytes) }, policy, ...more }],
});

async function open(scenario: Scenario, insists = false) {
	const { deck, loaded } = newDeck();
	const refused: string[] = [];
	const opened = await openScenario(deck, scenario, {
		fetchSource: async () => err('not reached'),
		now: 0,
		...(insists && { insistsOn: () => true }),
		onRefused: (id) => refused.push(id),
	});
	return { deck, opened, refused, loaded: loaded() };
}

const wanted = { key: key.pem };
const authored = { source: { author: { wit: 'package a:b; world w {}', js: 'export const a = 1;' } } };

describe('who a scenario demands a component to be signed by', () => {
	test.each<[string, Partial<Component>]>([
		['by the demanded key', { signer: wanted, signatures: [signature] }],
		[
			'by it, of the manifest that names the component',
			{ signer: wanted, signatures: [ofManifest], manifest },
		],
		[
			'by it beside signatures of others',
			{ signer: wanted, signatures: [keyed({ kind: 'message', bytes }, other), signature] },
		],
		['by a key, where nobody is demanded', { signatures: [signature] }],
		['not at all, where nobody is demanded', {}],
	])('lets it in: signed %s', async (_, more) => {
		const { opened, deck } = await open(scenarioOf(more));
		expect(opened).toEqual({ ok: true, value: undefined });
		// It says who made it, and grants nothing.
		expect(deck.components[0]?.policy).toBe(policy);
	});

	test.each<[string, Partial<Component>, string]>([
		[
			'by another key',
			{ signer: wanted, signatures: [keyed({ kind: 'message', bytes }, other)] },
			'not one of these bytes by this key',
		],
		['not at all', { signer: wanted }, 'Unsigned. It should be signed with the key that was named.'],
		[
			'of other bytes',
			{ signatures: [keyed({ kind: 'message', bytes: Uint8Array.of(1) })] },
			'It is about other bytes',
		],
		[
			'of a manifest that names another component',
			{ signer: wanted, signatures: [ofManifest] },
			'It is about another artifact',
		],
		[
			'with an identity demanded, by a key',
			{ signer: { identity: 'me', issuer: 'https://i' }, signatures: [signature] },
			'Unsigned. It should be signed by me',
		],
		['by nobody, being built here', { ...authored, signer: wanted }, 'It is built here from its source'],
	])('keeps it out before it is compiled: signed %s', async (_, more, words) => {
		const { opened, refused, loaded, deck } = await open(scenarioOf(more));
		expect(opened).toMatchObject({ ok: false, error: expect.stringContaining(words) });
		expect([refused, loaded, deck.components]).toEqual([['x'], 0, []]);
	});

	test('is passed over where a person insists, which no scenario can say', async () => {
		const misfit = scenarioOf({ signer: wanted });
		expect((await open(misfit, true)).opened.ok).toBe(true);
		const { parseScenario } = await import('../core/scenario');
		for (const word of ['insisted', 'insistsOn', 'insist', 'trusted']) {
			const said = { ...misfit, components: misfit.components.map((each) => ({ ...each, [word]: true })) };
			const read = parseScenario(said);
			for (const scenario of [said, ...(read.ok ? [read.value] : [])])
				expect((await open(scenario)).opened.ok).toBe(false);
		}
	});

	test('goes into the next scenario with signatures, manifest, digest and source, and holds there', async () => {
		const { deck } = await open(
			scenarioOf({
				source: { bytes: toBase64Url(bytes) },
				signer: wanted,
				signatures: [ofManifest],
				manifest,
			}),
		);
		const captured = JSON.parse(JSON.stringify(captureScenario(deck))) as Scenario;
		expect(captured.components).toMatchObject([
			{ sha256: sha256Of(bytes), signer: { key: key.pem }, signatures: [ofManifest], manifest },
		]);
		expect((await open(captured)).opened.ok).toBe(true);
		const elsewhere = {
			...captured,
			components: captured.components.map((each) => ({ ...each, signer: { key: other.pem } })),
		};
		expect((await open(elsewhere)).opened.ok).toBe(false);
	});
});
