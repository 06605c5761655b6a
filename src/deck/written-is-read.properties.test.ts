import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../core/call';
import { withEntry } from '../core/file-tree';
import { routesFromHar } from '../core/har';
import { printJson } from '../core/json';
import { most } from '../core/limits';
import { err, ok, type Result } from '../core/result';
import {
	decodeLink,
	encodeLink,
	largeContents,
	parseKept,
	parseScenario,
	printScenario,
	withContents,
	type Scenario,
} from '../core/scenario';
import type { Json } from '../core/wit/types';
import { emptyWorld, type Route, type World } from '../core/world';
import { createDeck } from './create-deck';
import type { Deck } from './deck';
import { captureScenario, openScenario } from './scenario';
import { runs } from '../core/testing/runs';

/** What every component of these tests imports and exports, so that each can provide for each other. */
const shared = ['t:deep/deep', 't:lib/lib'] as const;
const wit = `package t:root;
world root { ${shared.map((name) => `import ${name}; export ${name};`).join(' ')} }
package t:deep { interface deep { ask: func(n: u8) -> u8; } }
package t:lib { interface lib { open: func(url: string) -> string; } }
`;

const emptyDeck = (): Deck =>
	createDeck({
		loadComponent: async (bytes) =>
			ok({
				sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
				size: bytes.length,
				program: { source: '', modules: [], imports: [], mode: 'jspi' },
				...{ tools: [], wit, missing: shared, standIns: [], notes: [] },
			}),
		run: () => new Promise(() => {}),
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		now: () => 0,
		wallNow: () => 0,
		schedule: (task) => task(),
		wait: async () => {},
	});

/** `hello`, whose digest stands above. */
const bytes = new TextEncoder().encode('hello');

/** Any text, of any length about a bound: most are short, and some are right at it. */
const text = (bound: number) =>
	fc.oneof(
		{ weight: 150, arbitrary: fc.string({ unit: 'binary', maxLength: Math.min(bound + 1, 12) }) },
		{
			weight: 1,
			arbitrary: fc.constantFrom('', '__proto__', 'constructor', '\0', '\ud800', '\r\n', '\ufeffx'),
		},
		{ weight: 1, arbitrary: fc.constantFrom(-1, 0, 1).map((by) => 'x'.repeat(bound + by)) },
	);
/** Any list: most are short, and some have as many of one plain item as the bound allows, or one more. */
const several = <T>(item: fc.Arbitrary<T>, bound: number, plain: T) =>
	fc.oneof(
		{ weight: 80, arbitrary: fc.array(item, { maxLength: 3 }) },
		{ weight: 1, arbitrary: fc.constantFrom(0, 1).map((by) => Array<T>(bound + by).fill(plain)) },
	);
const number = fc.oneof(
	fc.integer({ min: -10, max: 700 }),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.constantFrom(most.delayMs, most.delayMs + 1, 100, 599),
);

const route: fc.Arbitrary<Route> = fc.record(
	{
		method: text(most.method),
		url: text(most.routeUrl),
		status: number,
		headers: several(fc.tuple(text(most.headerName), text(most.headerValue)), most.headers, ['a', 'b']),
		body: fc.oneof(text(100), fc.constant({ base64: 'AP8=' })),
		delayMs: number,
		failure: text(most.failureName),
	},
	{ requiredKeys: ['url'] },
);

const harRoutes = fc
	.record({
		headers: several(fc.record({ name: text(most.headerName), value: text(most.headerValue) }), 700, {
			name: 'a',
			value: 'b',
		}),
		status: number,
	})
	.map(({ headers, status }) => {
		const request = { method: 'GET', url: 'https://a.example/' };
		const entries = [{ request, response: { status, headers, content: { text: 'body' } } }];
		const read = routesFromHar(JSON.stringify({ log: { entries } }));
		return read.ok ? read.value.routes : [];
	});

const variable = fc.record({ value: text(most.variableValue), secret: fc.boolean() });
const path = fc.array(fc.oneof(fc.constantFrom('a', 'b'), text(most.nameBytes)), {
	minLength: 1,
	maxLength: 3,
});

type Step = (deck: Deck) => unknown;
const world =
	(change: (world: World) => Partial<World> | null): Step =>
	(deck) => {
		const changes = change(deck.world);
		return changes && deck.setWorld({ ...deck.world, ...changes });
	};

const id = fc.oneof(fc.constantFrom('a', 'b'), text(most.componentId));
const policy = fc.option(text(most.policyText));
const request = fc.oneof(
	fc.record({ kind: fc.constant('network' as const), method: text(most.method), url: text(most.routeUrl) }),
	fc.record({
		kind: fc.constant('storage' as const),
		access: fc.constantFrom('read' as const, 'write' as const),
		path: text(most.pathBytes),
	}),
	fc.record({ kind: fc.constant('environment' as const), key: text(most.variableName) }),
);
const stepNumber = fc.oneof(
	{ weight: 8, arbitrary: fc.integer({ min: 1, max: 4 }) },
	{ weight: 1, arbitrary: fc.constantFrom(0, most.calls, most.calls + 1) },
);
const pointer = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom('', '/ok', '/ok/0', '/~0~1', '/') },
	{ weight: 1, arbitrary: text(most.pointer).map((place) => `/${place}`) },
);
const binding = fc.oneof(
	fc.record({ from: stepNumber, pointer }),
	fc.record({ input: fc.oneof(fc.constantFrom('page', 'name'), text(most.argumentName)) }),
);
const takes = fc.oneof(
	{ weight: 40, arbitrary: fc.dictionary(text(most.argumentName), binding, { maxKeys: 3 }) },
	{
		weight: 1,
		arbitrary: fc
			.constantFrom(0, 1)
			.map((by) =>
				Object.fromEntries(
					Array.from({ length: most.takes + by }, (_, index) => [`a${index}`, { input: 'page' }]),
				),
			),
	},
);
const flow = fc.record(
	{
		name: fc.oneof(fc.constantFrom('keep', 'keep-2'), text(most.flowName)),
		description: text(most.description),
		steps: several(stepNumber, most.calls, 1),
	},
	{ requiredKeys: ['name', 'steps'] },
);
const savedCall = fc.record({
	tool: text(most.toolName),
	arguments: fc.dictionary(
		text(most.argumentName),
		fc.oneof(fc.jsonValue() as fc.Arbitrary<Json>, fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n })),
	),
	expect: fc.record(
		{
			outcome: fc.constantFrom('result' as const, 'err' as const, 'error' as const),
			text: text(most.expectedText),
			activity: several(
				fc.record({
					capability: fc.constant('storage'),
					target: text(most.routeUrl),
					outcome: fc.constantFrom('allow' as const, 'deny' as const),
				}),
				20,
				{ capability: 'storage', target: '/', outcome: 'allow' as const },
			),
		},
		{ requiredKeys: [] },
	),
});

const call = fc.oneof(
	savedCall,
	fc.tuple(savedCall, takes).map(([saved, take]) => ({ ...saved, take })),
);

/** Everything that changes a deck, as a person, an importer or a script would. */
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.tuple(id, policy).map(
		([name, text]): Step =>
			(deck) =>
				deck.load(bytes, name, { source: { file: `${name}.wasm` }, policy: text }),
	),
	fc.constantFrom(3, 3, 3, 3, 3, 3, 3, 3, 3, most.components + 1).map((count): Step => async (deck) => {
		for (let index = 0; index < count; index++)
			await deck.load(bytes, `c${index}`, { source: { sample: 'time' }, policy: null });
	}),
	fc.tuple(id, policy).map(
		([name, text]): Step =>
			(deck) =>
				deck.setPolicy(name, text),
	),
	fc.tuple(id, fc.boolean()).map(
		([name, on]): Step =>
			(deck) =>
				deck.setStandIns(name, on),
	),
	fc.tuple(id, fc.constantFrom(...shared), fc.option(id)).map(
		([name, imported, provider]): Step =>
			(deck) =>
				deck.setLink(name, imported, provider),
	),
	fc
		.array(
			fc.tuple(
				fc.constantFrom('c0', 'c1', 'c2'),
				fc.constantFrom(...shared),
				fc.constantFrom('c0', 'c1', 'c2'),
			),
		)
		.map((links): Step => async (deck) => {
			for (const name of ['c0', 'c1', 'c2'])
				await deck.load(bytes, name, { source: { sample: 'time' }, policy: null });
			for (const link of links) deck.setLink(...link);
		}),
	fc.constantFrom('a', 'b', 'c0', 'c1').map(
		(name): Step =>
			(deck) =>
				deck.unload(name),
	),
	fc.constantFrom('documented', '0.2.0', '0.8.1').map(
		(engine): Step =>
			(deck) =>
				deck.setEngine(engine),
	),
	fc
		.tuple(text(most.variableName), variable)
		.map(([name, value]) =>
			world(({ variables }) => ({ variables: new Map([...variables, [name, value]]) })),
		),
	several(route, most.routes, { url: 'https://a.example/' }).map((routes) =>
		world((now) => ({ routes: [...now.routes, ...routes] })),
	),
	harRoutes.map((routes) => world((now) => ({ routes: [...now.routes, ...routes] }))),
	several(text(most.argument), most.arguments, '').map((args) => world(() => ({ arguments: args }))),
	text(most.seed).map((seed) => world(() => ({ random: { seed } }))),
	fc
		.date({ min: new Date('-000100-01-01'), max: new Date('+012026-01-01'), noInvalidDate: true })
		.map((date) => world(() => ({ clock: { start: date.toISOString() } }))),
	fc
		.tuple(fc.constantFrom('live' as const, 'routes' as const), fc.boolean())
		.map(([network, decoyRoot]) => world(() => ({ network, decoyRoot }))),
	fc
		.tuple(path, fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(new Uint8Array(70_000).fill(255))))
		.map(([names, content]) =>
			world(({ files }) => {
				const put = withEntry(files, `/${names.join('/')}`, {
					kind: 'file',
					content,
					size: content.length,
					modified: 0,
				});
				return put.ok ? { files: put.value } : null;
			}),
		),
	fc.tuple(path, text(most.pathBytes)).map(([names, target]) =>
		world(({ files }) => {
			const put = withEntry(files, `/${names.join('/')}`, { kind: 'symlink', target, modified: 0 });
			return put.ok ? { files: put.value } : null;
		}),
	),
	fc.tuple(text(most.title), text(most.description)).map(
		([title, description]): Step =>
			(deck) =>
				deck.setNotes({ ...deck.notes, title, description }),
	),
	several(call, most.calls, { tool: 't', arguments: {}, expect: {} }).map(
		(calls): Step =>
			(deck) =>
				deck.setNotes({ ...deck.notes, calls }),
	),
	several(flow, most.flows, { name: 'keep', steps: [1] }).map(
		(flows): Step =>
			(deck) =>
				deck.setNotes({ ...deck.notes, flows }),
	),
	several(
		fc.record({ request, outcome: fc.constantFrom('allow' as const, 'deny' as const) }),
		most.expectations,
		{ request: { kind: 'environment', key: 'A' }, outcome: 'deny' },
	).map(
		(expectations): Step =>
			(deck) =>
				deck.setNotes({ ...deck.notes, expectations }),
	),
	fc.constantFrom(1, 60_000, most.callMs).map(
		(callMs): Step =>
			(deck) =>
				deck.setLimits({ ...defaultLimits, callMs }),
	),
);

/** All of a document as text, its fields in order, which is compared in no time. */
const printed = (scenario: Scenario) => printJson(sorted(scenario));

function sorted(json: Json): Json {
	if (Array.isArray(json)) return json.map(sorted);
	if (typeof json !== 'object' || json === null) return json;
	const fields = Object.entries(json).filter(([, field]) => (field as unknown) !== undefined);
	return Object.fromEntries(
		fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
	);
}

const value = <T>(result: Result<T, string>): T => {
	if (!result.ok) throw new Error(result.error);
	return result.value;
};

/** Another page's deck, in which a scenario was opened. */
async function opened(
	scenario: Scenario,
	options: { readonly beside?: ReadonlyMap<string, Uint8Array>; readonly ownLimits?: boolean },
) {
	const deck = emptyDeck();
	value(await openScenario(deck, scenario, { fetchSource: async () => ok(bytes), now: 0, ...options }));
	return deck;
}

describe('every deck that the setters make', () => {
	test('is read as it was written: kept, in a file and in a link', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
				const deck = emptyDeck();
				for (const change of steps) await change(deck);
				const scenario = captureScenario(deck);

				const beside = largeContents(deck.world.files);
				const kept = structuredClone(captureScenario(deck, { beside }));
				expect(printed(value(parseKept(kept)))).toBe(printed(kept));
				const restored = await opened(value(parseKept(kept)), { beside, ownLimits: true });
				expect(printed(captureScenario(restored))).toBe(printed(scenario));
				expect(printed(withContents(kept, beside))).toBe(printed(scenario));

				const text = printScenario(scenario);
				if (text.length > most.scenarioText) return;
				const shared = value(parseScenario(text));
				const again = captureScenario(await opened(shared, { ownLimits: true }));
				expect(printed(JSON.parse(printScenario(again)) as Scenario)).toBe(
					printed(JSON.parse(text) as Scenario),
				);
				if (text.length < 20_000)
					expect(printed(value(decodeLink(`#${encodeLink(scenario)}`)))).toBe(printed(shared));
			}),
			{ numRuns: runs(1000) },
		);
	}, 300_000);

	test('keeps what was there where a setter is given too much, and says why', () => {
		const deck = emptyDeck();
		const tooMuch: readonly [Partial<World>, string][] = [
			[{ routes: [{ url: 'https://a.example/*', status: 20 }] }, 'status'],
			[
				{ variables: new Map([['A', { value: 'x'.repeat(most.variableValue + 1), secret: false }]]) },
				'value of A',
			],
			[{ arguments: Array<string>(most.arguments + 1).fill('') }, 'arguments'],
			[{ files: new Map([['/a', { kind: 'directory', modified: 0 }]]) }, 'root'],
		];
		for (const [changes, words] of tooMuch) {
			const set = deck.setWorld({ ...deck.world, ...changes });
			expect(set).toEqual({ ok: false, error: expect.stringContaining(words) });
		}
		expect(deck.world).toBe(emptyWorld);
		expect(deck.setNotes({ title: 'x'.repeat(201) })).toMatchObject({ ok: false });
		expect(deck.setPolicy('a', 'x'.repeat(most.policyText + 1))).toMatchObject({ ok: false });
	});

	test('has its limits lowered, and not raised, where it is a stranger’s', async () => {
		const scenario: Scenario = { version: 1, components: [], limits: { callMs: most.callMs, requests: 1 } };
		expect((await opened(scenario, {})).limits).toEqual({ ...defaultLimits, requests: 1 });
		expect((await opened(scenario, { ownLimits: true })).limits.callMs).toBe(most.callMs);
	});

	test('opens once more with the bytes that are in it, wherever they came from', async () => {
		const deck = emptyDeck();
		await deck.load(bytes, 'dropped', { source: { file: 'dropped.wasm' }, policy: null });
		const fetchSource = async () => err('gone');
		expect(await openScenario(deck, captureScenario(deck), { fetchSource, now: 0 })).toEqual(ok(undefined));
		const elsewhere = await openScenario(emptyDeck(), captureScenario(deck), { fetchSource, now: 0 });
		expect(elsewhere).toMatchObject({ ok: false });
	});

	test('lets what was there already stay, however much it is', () => {
		const deck = emptyDeck();
		const routes = [{ url: 'https://a.example/*', status: 20 }];
		const { limits, notes, engine } = deck;
		deck.replace({ components: [], engine, limits, notes, world: { ...emptyWorld, routes } });
		expect(deck.setWorld({ ...deck.world, arguments: ['a'] })).toMatchObject({ ok: true });
		expect(deck.world.routes).toBe(routes);
	});
});
