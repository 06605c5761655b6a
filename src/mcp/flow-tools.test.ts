import { describe, expect, test } from 'vitest';
import { createOutlet } from '../core/outlet';
import type { SavedCall } from '../core/scenario';
import { runSavedCalls } from './run-saved-calls';
import { fakeTool, FakeDeck, returned } from './testing/fake-deck';
import { openSession } from './testing/session';

const first: SavedCall = { tool: 'first', arguments: { text: 'saved' }, take: { text: { input: 'word' } } };
const second: SavedCall = {
	tool: 'second',
	arguments: { text: '' },
	take: { text: { from: 1, pointer: '' } },
};
const policy = 'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "a.example"\n';

async function opened(calls: readonly SavedCall[] = [first, second], engine = '0.8.1') {
	const made: string[] = [];
	const deck = new FakeDeck();
	deck.engine = engine;
	deck.add('one', [fakeTool('first')], ({ args }) => {
		made.push(`first ${String(args['text'])}`);
		return args['text'] === 'trap'
			? { status: 'trapped', message: 'unreachable' }
			: args['text'] === 'err'
				? { status: 'returned', json: { err: 'no' }, isErr: true }
				: returned(args['text'] === 'number' ? 7 : `${String(args['text'])}!`);
	});
	deck.add('two', [fakeTool('second')], ({ args }) => {
		made.push(`second ${String(args['text'])}`);
		return returned(`<${String(args['text'])}>`);
	});
	deck.setPolicy('one', policy);
	deck.notes = { calls: [...calls], flows: [{ name: 'both', steps: [1, 2] }] };
	const { client } = await openSession(deck);
	const ports = { client, record: deck, outlet: () => createOutlet([]), now: () => 0 };
	return { deck, client, made, ports };
}

const call = async (word: unknown, engine?: string) => {
	const { client, made } = await opened(undefined, engine);
	const settled = await client.callTool('both', { word: word as string });
	const { content, isError } = settled.status === 'result' ? settled.result : { content: [], isError: null };
	return { made, isError, text: content.map((item) => (item.type === 'text' ? item.text : '')).join('') };
};

describe('a flow that is offered', () => {
	test('is listed after the tools of components, with its inputs and what its parts may do', async () => {
		const { client } = await opened();
		const names = client.tools.map(({ name }) => name);
		expect(names.slice(0, 4)).toEqual(['first', 'second', 'both', 'load-component']);
		const listed = client.tools.find(({ name }) => name === 'both');
		expect(listed).toMatchObject({
			inputSchema: { properties: { word: { type: 'string' } }, required: ['word'] },
			outputSchema: { properties: { result: { type: 'string' } } },
		});
		expect(listed?.description).toBe(
			'A flow: first, then second. one may reach a.example. two may use no file, no host and no variable.',
		);
	});

	test('leaves the list as it is where its name is taken, and where it cannot work', async () => {
		const { deck, client } = await opened();
		const list = async (name: string, steps: number[]) => {
			deck.notes = { ...deck.notes, flows: [{ name, steps }] };
			return (await client.refresh()).length;
		};
		const without = await list('first', [1, 2]);
		expect(await list('load-component', [1, 2])).toBe(without);
		expect(await list('both', [2])).toBe(without);
		expect(await list('both', [1, 2])).toBe(without + 1);
	});

	test.each(['0.8.1', '0.2.0', 'documented'])(
		'runs as one under %s, each step taking from the one before',
		async (engine) => {
			expect(await call('hello', engine)).toMatchObject({
				made: ['first hello', 'second hello!'],
				text: '<hello!>',
			});
		},
	);

	test.each([
		['trap', 'The flow both stopped at step 1 (first).'],
		['err', 'The flow both stopped at step 1 (first).'],
		[
			'number',
			'The flow both stopped at step 2. The argument text of step 2 (second) is taken from the result of step 1 (first), and that does not fit its type',
		],
	])('stops at the first failure, by name: %s', async (word, words) => {
		const { made, isError, text } = await call(word);
		expect({ made, isError }).toEqual({ made: [`first ${word}`], isError: true });
		expect(text).toContain(words);
	});

	test('is not begun with what its schema does not take', async () => {
		const { made, text } = await call(5);
		expect(made).toEqual([]);
		expect(text).toContain('The flow both cannot be called like that');
	});
});

describe('saved calls that take from each other', () => {
	test('run as one with what is saved for their inputs', async () => {
		const { ports, made } = await opened();
		const results = await runSavedCalls(ports, [first, { ...second, expect: { text: '<saved!>' } }]);
		expect(results.map(({ status }) => status)).toEqual(['passed', 'passed']);
		expect(made).toEqual(['first saved', 'second saved!']);
		expect(results[1]!.arguments).toEqual({ text: 'saved!' });
	});

	test('stop where one fails, and leave others alone', async () => {
		const { ports, made } = await opened();
		const results = await runSavedCalls(ports, [
			{ ...first, arguments: { text: 'trap' } },
			second,
			{ tool: 'second', arguments: { text: 'alone' } },
		]);
		expect(results.map(({ difference }) => difference?.message ?? null)).toEqual([
			null,
			'It was not made: its flow stopped at step 1 (first).',
			null,
		]);
		expect(results.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed']);
		expect(made).toEqual(['first trap', 'second alone']);
	});

	test('stop where one did something else than expected', async () => {
		const { ports, made } = await opened();
		const results = await runSavedCalls(ports, [{ ...first, expect: { text: 'other' } }, second]);
		expect(results.map(({ difference }) => difference?.at)).toEqual(['text', 'flow']);
		expect(made).toEqual(['first saved']);
	});

	test('are made alone with what the earlier ones gave the last time, and not without', async () => {
		const { ports, made } = await opened();
		const [unmade] = await runSavedCalls(ports, [first, second], { only: 1 });
		expect(unmade!.difference!.message).toBe(
			'The argument text of step 2 (second) is taken from step 1, which has not run.',
		);
		await runSavedCalls(ports, [first, second], {
			only: 1,
			endOf: () => ({ tool: 'first', outcome: 'result', value: 'kept' }),
		});
		expect(made).toEqual(['second kept']);
	});
});
