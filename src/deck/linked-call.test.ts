import { describe, expect, test } from 'vitest';
import type { HostCallEntry } from '../core/activity';
import type { CallReport, CallSetup, HostPorts, PortRequest } from '../core/call';
import type { CrossAnswer, Crossing, CrossValue } from '../core/link';
import { ok } from '../core/result';
import { worldOf } from '../core/scenario';
import { parseWit } from '../core/wit/parse-wit';
import { toolsOf } from '../core/wit';
import type { LoadedComponent } from '../component/program';
import { createDeck } from './create-deck';
import type { DeckParts } from './deck-parts';

/* The parts of a call, with sandboxes that do what a hostile component could: say anything that crosses. */

const worlds: { readonly [id: string]: string } = {
	user: 'import t:lib/lib; export run: func();',
	lib: 'import t:deep/deep; export t:lib/lib;',
	deep: 'export t:deep/deep;',
	round: 'import t:deep/deep; import t:lib/lib; export t:deep/deep; export t:lib/lib;',
	other: 'import t:lib/lib; export t:deep/deep;',
};
const interfaces = `
package t:lib { interface lib { resource page { title: func() -> string; } open: func(url: string) -> result<page, string>; } }
package t:deep { interface deep { ask: func(n: u8) -> u8; } }
`;
const imported = { lib: 't:lib/lib', deep: 't:deep/deep' };
const policies: { readonly [id: string]: string } = {
	user: '  storage:\n    allow:\n      - uri: "fs:///user"\n        access: ["read"]\n',
	lib: '  network:\n    allow:\n      - host: "a.example"\n  storage:\n    allow:\n      - uri: "fs:///lib"\n        access: ["read", "write"]\n  environment:\n    allow:\n      - key: "KEY"\n',
};

function loaded(id: string): Omit<LoadedComponent, 'id'> {
	const wit = `package t:root;\nworld root { ${worlds[id]} }\n${interfaces}`;
	const parsed = parseWit(wit);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return {
		...{ sha256: id.padEnd(64, '0'), size: 1, wit, standIns: [], notes: [] },
		missing: parsed.value.imports.map(({ name }) => name),
		tools: toolsOf(parsed.value.exports.flatMap(({ functions }) => functions)),
		program: { source: id, modules: [], imports: [], mode: 'jspi' },
	};
}

const report = (
	outcome: CallReport['outcome'] = { status: 'returned', json: null, isErr: false },
): CallReport => ({
	outcome,
	changes: [],
	times: { startMs: 0, instantiateMs: 0, runMs: 0, hostMs: 0, hostCalls: 0, peakMemoryBytes: 0 },
});

type Ports = Pick<HostPorts, 'record' | 'request' | 'cross' | 'dropped'>;
/** What a component that is linked does when it is called. */
type Answer = (crossing: Crossing, ports: Ports) => Promise<CrossAnswer> | CrossAnswer;

const given = (value: CrossValue): CrossAnswer => ({ ok: true, value });
const get = (url: string): PortRequest => ({
	...{ method: 'GET', url, headers: [], body: null },
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
});

async function rig(
	use: (ports: Ports, setup: CallSetup) => Promise<unknown>,
	answers: { readonly [id: string]: Answer } = {},
) {
	const setups: { readonly [id: string]: CallSetup } = {};
	const released: string[] = [];
	const ended: string[] = [];
	const parts: DeckParts = {
		loadComponent: async (bytes) => ok(loaded(new TextDecoder().decode(bytes))),
		async run(program, setup, ports) {
			Object.assign(setups, { [program.source]: setup });
			try {
				await use(ports, setup);
				return report();
			} catch (error) {
				return report({ status: 'failed', message: (error as Error).message });
			}
		},
		serve(program, setup, ports) {
			Object.assign(setups, { [program.source]: setup });
			return {
				invoke: async (crossing) => answers[program.source]!(crossing, ports),
				release: (resource) => void released.push(`${program.source} ${resource}`),
				end: () => void ended.push(program.source),
				report: Promise.resolve(report()),
			};
		},
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		...{ now: () => 0, wallNow: () => 0, schedule: (task) => task(), wait: async () => {} },
	};
	const deck = createDeck(parts);
	deck.setEngine('documented');
	deck.setWorld(
		worldOf(
			{
				network: 'routes',
				files: { '/user/a': 'of the user', '/lib/a': 'a canary', '/else': 'withheld' },
				variables: { KEY: 'canary value', OTHER: 'withheld' },
				routes: [{ url: 'https://a.example/', body: 'here' }],
			},
			0,
		),
	);
	for (const id of Object.keys(worlds))
		await deck.load(new TextEncoder().encode(id), id, {
			source: { file: id },
			policy: `version: "1.0"\npermissions:\n${policies[id] ?? '  {}\n'}`,
		});
	const link = (id: string, name: keyof typeof imported, provider: string) => {
		const linked = deck.setLink(id, imported[name], provider);
		return linked.ok ? null : linked.error;
	};
	link('user', 'lib', 'lib');
	link('lib', 'deep', 'deep');
	const rows = () =>
		deck.activity
			.filter((entry): entry is HostCallEntry => entry.kind === 'host-call')
			.map((entry) => [
				...[entry.component, entry.capability, entry.operation, entry.outcome],
				entry.rule?.line ?? '-',
			]);
	return { deck, link, rows, setups, released, ended };
}

const open: Crossing = { import: 0, fn: 1, args: ['https://a.example/'] };

describe('a part of a call', () => {
	test('is handed what its own policy covers, and nothing of what others’ do', async () => {
		const { deck, setups } = await rig(async ({ cross }) => cross!(open), { lib: () => given([0, [0, 1]]) });
		await deck.call('run', {});
		const seen = ({ files, variables }: CallSetup) => ({ files: [...files.keys()].sort(), variables });
		expect(seen(setups['user']!)).toEqual({ files: ['/', '/user', '/user/a'], variables: [] });
		expect(seen(setups['lib']!)).toEqual({
			files: ['/', '/lib', '/lib/a'],
			variables: [['KEY', 'canary value']],
		});
		expect(setups['deep']).toBeUndefined();
	});

	test('is denied what another may do, whoever calls it, and its rows bear its name and its policy’s line', async () => {
		const { deck, rows } = await rig(
			async ({ cross, request }) => {
				await request(get('https://a.example/'));
				await cross!(open);
			},
			{
				lib: async (_, ports) => {
					await ports.request(get('https://a.example/'));
					await ports.cross!({ import: 0, fn: 0, args: [1] });
					return given([0, [0, 1]]);
				},
				deep: async (_, ports) => {
					await ports.request(get('https://a.example/'));
					return given(2);
				},
			},
		);
		await deck.call('run', {});
		expect(rows()).toEqual([
			['user', 'network', 'GET', 'deny', '-'],
			['lib', 'network', 'GET', 'allow', 5],
			['deep', 'network', 'GET', 'deny', '-'],
			['lib', 'link', 'ask', 'allow', '-'],
			['user', 'link', 'open', 'allow', '-'],
		]);
	});

	const forgeries: readonly (readonly [string, Crossing])[] = [
		['an import that it does not have', { ...open, import: 1 }],
		['a function that it does not import', { ...open, fn: 2 }],
		['a property of what is looked through', { ...open, fn: 'constructor' as unknown as number }],
		['too many arguments', { ...open, args: ['a', 'b'] }],
		['an argument of another type', { ...open, args: [1] }],
		['a resource of the provider that it was not given', { ...open, fn: 0, args: [[1, 2]] }],
		['a resource by the number that it has at home', { ...open, fn: 0, args: [[1, 77]] }],
	];
	test.each(forgeries)('reaches nothing of another by %s', async (_, crossing) => {
		const asked: Crossing[] = [];
		const { deck } = await rig(
			async ({ cross }) => {
				await cross!(open);
				await cross!(crossing);
			},
			{
				lib: (made) => {
					asked.push(made);
					return given([0, [0, 77]]);
				},
			},
		);
		const end = await deck.call('run', {});
		expect(end.ok && end.value.outcome.status).toBe('failed');
		expect(asked).toHaveLength(1);
	});

	test('is asked about its own resource by its own number, and told when nobody needs it', async () => {
		const asked: Crossing[] = [];
		const { deck, released, ended } = await rig(
			async ({ cross, dropped }) => {
				const opened = await cross!(open);
				const [, handle] = (opened as unknown as { value: [number, [number, number]] }).value;
				expect(handle).toEqual([1, 1]);
				await cross!({ import: 0, fn: 0, args: [handle] });
				dropped!(handle[1]);
				dropped!(handle[1]);
			},
			{
				lib: (made) => {
					asked.push(made);
					return made.fn === 1 ? given([0, [0, 77]]) : given('title');
				},
			},
		);
		const end = await deck.call('run', {});
		expect(end.ok && end.value.outcome).toMatchObject({ status: 'returned' });
		expect(asked[1]).toEqual({ import: 0, fn: 0, args: [[0, 77]] });
		expect(released).toEqual(['lib 77']);
		expect(ended).toEqual(['lib']);
	});

	test('that gives what is not of its type, or fails, is named where it was called', async () => {
		let got: CrossAnswer | undefined;
		const use = async ({ cross }: Ports) => void (got = await cross!(open));
		const wrong = await rig(use, { lib: () => given([0, 'no page']) });
		await wrong.deck.call('run', {});
		expect(got).toMatchObject({
			ok: false,
			message: expect.stringContaining('lib failed while user called open') as string,
		});
		const broken = await rig(use, { lib: () => ({ ok: false, message: 'unreachable' }) });
		await broken.deck.call('run', {});
		expect(got).toEqual({ ok: false, message: 'lib failed while user called open: unreachable' });
	});
});

describe('links', () => {
	test('are refused by name in a circle, however long, and where nothing is exported', async () => {
		const { link } = await rig(async () => {});
		expect(link('round', 'deep', 'other')).toBeNull();
		expect(link('other', 'lib', 'round')).toBe(
			'round cannot provide t:lib/lib for other: other, round would provide for each other in a circle (other → round → other), and none of them could start.',
		);
		expect(link('round', 'lib', 'round')).toContain('round → round');
		expect(link('user', 'lib', 'deep')).toContain(
			'deep cannot provide t:lib/lib for user: it does not export it.',
		);
		expect(link('user', 'lib', 'gone')).toContain('no component gone is loaded');
		expect(link('deep', 'lib', 'lib')).toContain('deep does not import t:lib/lib');
	});

	test('to a component that is gone end the call before it begins, by name', async () => {
		const { deck } = await rig(async () => {});
		deck.unload('lib');
		const end = await deck.call('run', {});
		expect(end).toMatchObject({
			error: { message: expect.stringContaining('no component lib is loaded') as string },
		});
	});
});
