import { strFromU8, unzipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleFiles } from '../core/export';
import { filesZip } from '../core/export/files-zip';
import { harOf } from '../core/har';
import { createOutlet } from '../core/outlet';
import {
	decodeLink,
	encodeLink,
	issueReport,
	markdownLink,
	printScenario,
	type Scenario,
} from '../core/scenario';
import type { HostCallEntry, OutputEntry, ToolCallEntry } from '../core/activity';
import type { FileTree } from '../core/files';
import { endOf } from './end-of-call';

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

/** What a guest that echoes a text leaves, by each way out of a session. */
function outputsOf(text: string, value: string): Readonly<Record<string, string>> {
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
		} as HostCallEntry,
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
		message: outlet.jsonText(
			JSON.stringify({ jsonrpc: '2.0', result: { content: [{ type: 'text', text }] } }),
		),
		summary: endOf({ status: 'returned', json: text, isErr: false }, outlet).summary,
		error: endOf({ status: 'trapped', message: `it said ${text}` }, outlet).summary,
	};
}

describe('what leaves a session', () => {
	test('holds no secret that a guest wrote, however it wrote it', () => {
		fc.assert(
			fc.property(secretValue, fc.nat(5), (value, how) => {
				const text = `before ${spelled(value)[how]} after`;
				for (const [what, output] of Object.entries(outputsOf(text, value)))
					for (const spelling of spelled(value)) {
						// Of base64, what stands around it shares a character at each end.
						const core = spelling === spelled(value)[5] ? spelling.slice(4, -5) : spelling;
						expect(output.includes(core), `${what}: ${output.slice(0, 400)}`).toBe(false);
					}
			}),
			{ numRuns: 15 },
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
