import type { CallSetup } from '../../src/core/call';
import type { FileChange, FileTree } from '../../src/core/files';
import { assumedWorld, compile } from '../../src/core/policy';
import { keepChanges } from '../../src/deck/keep-changes';
import type { Frame } from '../../src/sandbox/frame';
import { encode, type Packet } from '../../src/sandbox/wire';
import { createSlices } from '../../src/sandbox/slices';
import { runCall } from '../../src/sandbox/run-call';
import { defaultLimits } from '../../src/core/call';

/*
 * What a sandbox sends that was taken over, and the page's side of it: messages are made beforehand, so that the tasks that are measured
 * are those of the page.
 */

const policy = `version: "1.0"
permissions:
  storage:
    allow:
      - uri: "fs:///data/**"
        access: [read, write]
`;
const compiled = compile(policy, 'documented', assumedWorld());
if (!compiled.ok) throw new Error('The policy does not compile.');
const grants = compiled.value;

const setup: CallSetup = {
	function: { interface: null, name: 'probe', params: [], result: { kind: 'string' } },
	arguments: {},
	grants,
	files: new Map(),
	variables: [],
	surroundings: { arguments: [], clock: 'live', random: 'live', decoyRoot: true, stdin: new Uint8Array() },
	limits: defaultLimits,
};

const emptyReport = {
	outcome: {
		status: 'returned',
		json: { utf8: new TextEncoder().encode('""'), bigints: false },
		isErr: false,
	},
	...{ instantiateMs: 0, runMs: 0, hostMs: 0, hostCalls: 0, peakMemoryBytes: 0, changes: [] },
};

const news = (name: string, argument: unknown) => encode({ type: 'news', name, argument });
const answer = (report: object) => encode({ type: 'value', id: 1, value: { ...emptyReport, ...report } });
const returning = (text: string) =>
	answer({
		outcome: {
			status: 'returned',
			json: { utf8: new TextEncoder().encode(text), bigints: false },
			isErr: false,
		},
	});

const tree: FileTree = new Map([
	['/', { kind: 'directory', modified: 0 }],
	['/data', { kind: 'directory', modified: 0 }],
	['/data/a', { kind: 'file', content: new Uint8Array(1), size: 1, modified: 0 }],
]);

const moves: FileChange[] = Array.from({ length: 60_000 }, (_, index) =>
	index % 2 === 0
		? { kind: 'move', from: '/data/a', to: '/data/b' }
		: { kind: 'move', from: '/data/b', to: '/data/a' },
);
const refused: FileChange[] = moves.map((_, index) => ({
	kind: 'move',
	from: `/no/${index}`,
	to: `/no/${index}b`,
}));

const inParts = (changes: readonly FileChange[], most: number): Packet[] =>
	Array.from({ length: Math.ceil(changes.length / most) }, (_, index) =>
		news('changes', changes.slice(index * most, (index + 1) * most)),
	);

/** What is sent, by what it is called. */
const forged: Readonly<Record<string, () => readonly Packet[]>> = {
	'one message of 12 MB': () => [news('batch', ['x'.repeat(11_900_000)])],
	'one message of 12 MB of values': () => [news('batch', new Array(5_900_000).fill(1))],
	'the longest message that is read, of values': () => [news('batch', new Array(990_000).fill(1))],
	'the longest record of calls that is read, of values': () => [
		news('batch', { calls: `{"heads":[${'1,'.repeat(990_000)}1]}`, others: [] }),
	],
	'60,000 moves in one report': () => [answer({ changes: moves })],
	'60,000 moves in parts': () => [...inParts(moves, 512), answer({})],
	'60,000 refused moves in parts': () => [...inParts(refused, 512), answer({})],
	'a result nested 10,000 deep': () => [returning('['.repeat(10_000) + ']'.repeat(10_000))],
	'a result of 3 million empty strings': () => [returning(`[${'"",'.repeat(2_999_999)}""]`)],
	'100,000 rows of the record': () =>
		Array.from({ length: 400 }, (_, batch) =>
			news('batch', {
				calls: JSON.stringify({
					heads: [
						{
							capability: 'environment',
							operation: 'get',
							outcome: 'deny',
							rule: null,
							reason: 'no-rule',
						},
					],
					targets: Array.from({ length: 250 }, (_, index) => `KEY-${batch}-${index}`),
					rows: Array.from({ length: 250 }, (_, index) => [0, index, 1]).flat(),
				}),
				others: [],
			}),
		),
};

/** Plays what is forged against the page's side of a call; how it ended, and the longest task meanwhile, in milliseconds. */
async function play(name: string) {
	const packets = forged[name]!();
	const frame: Frame = {
		onmessage: () => {},
		send: () => {},
		ready: Promise.resolve(),
		lost: new Promise(() => {}),
		beat: () => {},
		answers: async () => true,
		remove: () => {},
		retire: () => {},
	};
	await longestTask();
	const ended = runCall({
		frame,
		program: { source: '', modules: [], imports: [], mode: 'jspi' },
		setup,
		ports: {
			record: () => {},
			output: () => {},
			request: async () => ({ ok: false, error: { tag: 'DNS-error' } }),
		},
		signal: undefined,
		now: () => performance.now(),
		asked: performance.now(),
	});
	await new Promise((resolve) => setTimeout(resolve));
	for (const { text, bytes } of packets) {
		frame.onmessage(text);
		if (bytes) frame.onmessage(bytes);
		// Each comes in a task of its own, as from a frame.
		await new Promise((resolve) => setTimeout(resolve));
	}
	// One that is broken off ends at its deadline only where nothing else ended it.
	const report = (await ended)!;
	let files = tree;
	await keepChanges(report.changes, grants, {
		files: () => files,
		put: (next) => (files = next),
		record: () => {},
		at: 0,
		slices: createSlices(() => performance.now()),
	});
	return {
		longestMs: await longestTask(),
		status: report.outcome.status,
		changes: report.changes.length,
		files: files.size,
	};
}

let longest = 0;
let since = 0;
const note = (tasks: readonly PerformanceEntry[]) => {
	for (const { duration, startTime } of tasks) if (startTime >= since) longest = Math.max(longest, duration);
};
const observer = new PerformanceObserver((list) => note(list.getEntries()));
observer.observe({ type: 'longtask' });

async function longestTask(): Promise<number> {
	// The browser tells of a task in a later one.
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
	note(observer.takeRecords());
	const result = longest;
	longest = 0;
	since = performance.now();
	return result;
}

Object.assign(window, { forged: Object.keys(forged), play });
