import { strFromU8, unzipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleFiles } from '../core/export';
import { filesZip } from '../core/export/files-zip';
import { harOf } from '../core/har';
import { createOutlet, type Outlet } from '../core/outlet';
import {
	decodeLink,
	encodeLink,
	issueReport,
	markdownLink,
	printScenario,
	type Scenario,
} from '../core/scenario';
import type { ActivityEntry, HostCallEntry, OutputEntry, ToolCallEntry } from '../core/activity';
import type { FileTree } from '../core/files';
import { createEmbedDoor } from '../embed/door';
import type { Tapedeck } from '../page/door';
import { exportWire } from '../ui/wire/export-wire';
import type { WireMessage } from '../mcp/wire';
import { junitReport, textReport } from '../../scripts/verify/report.mjs';
import type { VerifyOutcome } from '../verify/verify-scenario';
import { endOf } from './end-of-call';
import { runs } from '../core/testing/runs';

/** Values with what carriers escape, and 32 bytes as keys are given out. */
const secretValue = fc
	.oneof(
		fc.string({ minLength: 6, maxLength: 40 }),
		fc.string({
			unit: fc.constantFrom('"', '\\', '\n', "'", '/', '&', '<', ' ', '+', 'a', '7', '😀', 'é'),
			minLength: 6,
			maxLength: 24,
		}),
		fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64')),
		fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
	)
	// What has fewer kinds of characters occurs everywhere by chance.
	.filter((value) => value.trim().length >= 6 && new Set(value).size >= 4);

const spelled = (value: string): readonly string[] => [
	value,
	JSON.stringify(value).slice(1, -1),
	JSON.stringify(JSON.stringify(value)).slice(1, -1),
	encodeURIComponent(value),
	Buffer.from(value).toString('hex'),
	Buffer.from(`xy${value}z`).toString('base64'),
];

const header = { callId: 1, tool: 'echo', component: 'echo', engine: '0.8.1' } as const;

/** What an embedded page says to the page around it of a guest that echoes a text: answers to every request, and what it tells by itself. */
async function answersOfEmbed(text: string, entries: readonly ActivityEntry[], outlet: Outlet) {
	const replies: unknown[] = [];
	let announce = () => {};
	const around = { postMessage: (reply: unknown) => replies.push(reply) };
	const deck = {
		...{ outlet, components: [{ id: 'echo', sha256: '', policy: null }], engine: '0.8.1' },
		...{ activity: entries.slice(0, -1), find: () => ({ ok: true }) },
		subscribe: (listener: () => void) => ((announce = listener), () => {}),
	};
	const tapedeck = {
		version: '1',
		callTool: async (tool: string) => {
			if (tool === 'fails') throw new Error(`It said ${text}`);
			return { content: [{ type: 'text', text }], structuredContent: { result: { [text]: [text] } } };
		},
		activity: () => entries,
	} as unknown as Tapedeck;
	const propose = (_: unknown, carryOut: () => Promise<void>) => carryOut();
	const open = () => Promise.resolve();
	const door = createEmbedDoor({ around, tapedeck, deck: deck as never, open, propose });
	const requests = [['callTool', 'echo'], ['callTool', 'fails'], ['activity'], ['subscribe']];
	for (const [id, [method, ...params]] of requests.entries()) {
		const data = { tapedeck: 1, id, method, params };
		door.receive({ data, origin: 'https://course.example', source: around });
		await new Promise((resolve) => setImmediate(resolve));
	}
	deck.activity = [...entries];
	announce();
	expect(replies).toHaveLength(requests.length + 1);
	return JSON.stringify(replies);
}

/** What `verify` found out of a guest that echoes a text. */
const verified = (text: string): VerifyOutcome => ({
	...{ ok: true, title: text, engine: '0.8.1', notes: [`The route ${text} never matches.`] },
	checks: [
		{ kind: 'decision', name: `GET https://a.example/${text}`, passed: true, message: null, duration: 0 },
		{ kind: 'call', name: `call echo ${text}`, passed: false, message: `It gave ${text}`, duration: 1 },
	],
});

/** What a guest that echoes a text leaves, by each way out of a session. */
async function outputsOf(text: string, value: string): Promise<Readonly<Record<string, string>>> {
	const outlet = createOutlet([{ key: 'TOKEN', value }]);
	const scenario: Scenario = {
		version: 1,
		title: 'Echo',
		description: text,
		components: [
			{ id: 'echo', source: { sample: 'text' }, policy: `# ${JSON.stringify(text)}\nversion: "1.0"\n` },
		],
		world: {
			files: { '/data/a.txt': text, '/data/b.bin': { base64: Buffer.from(`\0${text}`).toString('base64') } },
			variables: { TOKEN: { secret: true }, OTHER: text },
			arguments: [text],
			routes: [{ url: 'https://a.example/*', body: text, headers: [['x-echo', encodeURIComponent(text)]] }],
		},
		calls: [{ tool: 'echo', arguments: { text, deep: [{ text }] }, expect: { outcome: 'result', text } }],
	};
	const left = outlet.scenario(scenario);
	const entries: (ToolCallEntry | HostCallEntry | OutputEntry)[] = [
		{
			...header,
			kind: 'tool-call',
			id: 1,
			revision: 1,
			arguments: { text },
			status: 'result',
			summary: text,
			at: 0,
		},
		{
			...header,
			...{
				kind: 'host-call',
				id: 2,
				capability: 'network',
				operation: 'GET',
				target: `https://a.example/?q=${text}`,
			},
			...{
				outcome: 'allow',
				rule: { text, line: 1 },
				reason: 'granted',
				detail: text,
				at: 0,
				source: 'page',
				revision: 1,
			},
		},
		// A text may come in pieces.
		...[text.slice(0, text.length >> 1), text.slice(text.length >> 1)].map((part, index) => ({
			...{ callId: 1, tool: 'echo', component: 'echo', kind: 'output' as const, id: 3 + index },
			...{ stream: 'stdout' as const, text: part, at: 0 },
		})),
	];
	const content = Buffer.from(text);
	const files: FileTree = new Map([
		['/', { kind: 'directory', modified: 0 }],
		['/a.txt', { kind: 'file', content: new Uint8Array(content), size: content.length, modified: 0 }],
	]);
	const wire = {
		id: 1,
		direction: 'server→client',
		kind: 'response',
		method: text,
		rpcId: text,
		at: 0,
	} as const;
	const messages: readonly WireMessage[] = [
		{
			...wire,
			size: 9,
			text: JSON.stringify({ jsonrpc: '2.0', result: { content: [{ type: 'text', text }] } }),
		},
	];
	const results = [true, false].map((ok) => ({
		file: 'a.tapedeck.json',
		outcome: outlet.json<VerifyOutcome>(ok ? verified(text) : { ok: false, error: text }),
	}));
	const link = encodeLink(left);
	const back = decodeLink(link);
	const bundle = bundleFiles({ scenario: left, bytesOf: () => undefined, release: '0.8.1', folder: '/b' });
	const activity = outlet.activity(entries);
	return {
		link: JSON.stringify(back),
		file: printScenario(left, 2),
		bundle: [...bundle].map(([path, bytes]) => path + strFromU8(bytes)).join('\n'),
		Markdown: markdownLink(left, link),
		'issue report': issueReport({
			scenario: left,
			address: link,
			tapedeck: '1',
			browser: 'a browser',
			call: outlet.entry(entries[0] as ToolCallEntry),
			hostCalls: outlet.activity(entries.filter((entry) => entry.kind === 'host-call')),
			shown: (shown) => shown,
			releases: null,
			otherEngines: () => null,
		}),
		record: JSON.stringify(activity),
		output: activity.flatMap((entry) => (entry.kind === 'output' ? [entry.text] : [])).join(''),
		HAR: harOf(outlet.routes([{ url: 'https://a.example/*', body: text }]), {
			version: '1',
			startedDateTime: '',
		}),
		zip: Object.values(unzipSync(filesZip(files, outlet).bytes))
			.map((bytes) => strFromU8(bytes))
			.join('\n'),
		'export of the wire': exportWire(messages, outlet),
		'answers of an embedded page': await answersOfEmbed(text, entries, outlet),
		junit: junitReport(results),
		'report of verify': textReport(results),
		summary: endOf({ status: 'returned', json: text, isErr: false }, outlet).summary,
		error: endOf({ status: 'trapped', message: `it said ${text}` }, outlet).summary,
	};
}

describe('what leaves a session', () => {
	test('holds no secret that a guest wrote, however it wrote it', async () => {
		const without = Object.values(await outputsOf('nothing', '\u0001never-in-a-text-of-these')).join('\n');
		await fc.assert(
			fc.asyncProperty(secretValue, fc.nat(5), async (value, how) => {
				// A part of a word that every session has, such as "uments", is no sign of anything.
				fc.pre(!spelled(value).some((spelling) => without.includes(spelling)));
				const text = `before ${spelled(value)[how]} after`;
				for (const [what, output] of Object.entries(await outputsOf(text, value)))
					for (const spelling of spelled(value)) {
						// Of base64, what stands around it shares a character at each end.
						const core = spelling === spelled(value)[5] ? spelling.slice(4, -5) : spelling;
						expect(output.includes(core), `${what}: ${output.slice(0, 400)}`).toBe(false);
					}
			}),
			{ numRuns: runs(15) },
		);
	}, 20_000);

	test('is cut after secrets were hidden, wherever the cut falls', () => {
		const value = 'hunter-2"hunter';
		for (let before = 180; before <= 200; before += 1) {
			const outlet = createOutlet([{ key: 'TOKEN', value }]);
			const { summary } = endOf(
				{ status: 'returned', json: 'x'.repeat(before) + value, isErr: false },
				outlet,
			);
			expect(summary).not.toContain('hunt');
			const long = 'x'.repeat(before) + value + 'y'.repeat(100_000);
			expect(endOf({ status: 'returned', json: long, isErr: false }, outlet).summary).not.toContain('hunt');
		}
		// Where the text that is looked through ends in the middle of one.
		const outlet = createOutlet([{ key: 'TOKEN', value: `${'t'.repeat(90_000)}` }]);
		expect(endOf({ status: 'trapped', message: 't'.repeat(90_000) }, outlet).summary).toBe('[secret TOKEN]…');
	});

	test('is what it was where no secret stands in it', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 300 }), (text) => {
				const value = '\u0001never-in-a-text-of-these';
				const outlet = createOutlet([{ key: 'TOKEN', value }]);
				expect(outlet.text(text)).toBe(text);
				const scenario: Scenario = {
					version: 1,
					title: text.slice(0, 200),
					components: [{ id: 'a'.repeat(255), source: { sample: 'text' }, policy: text }],
					calls: [{ tool: 't'.repeat(1024), arguments: { text }, expect: { text } }],
				};
				expect(outlet.scenario(scenario)).toEqual(scenario);
				expect(outlet.jsonText(JSON.stringify({ text }))).toBe(JSON.stringify({ text }));
			}),
		);
	});
});
