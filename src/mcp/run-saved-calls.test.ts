import { describe, expect, test } from 'vitest';
import type { ActivityEntry } from '../core/activity';
import { observe, runSavedCalls } from './run-saved-calls';
import { fakeTool, FakeDeck, returned } from './testing/fake-deck';
import { openSession } from './testing/session';

const say = (text: string, expected: object = {}) => ({ tool: 'say', arguments: { text }, expect: expected });

async function opened() {
	const deck = new FakeDeck();
	deck.add('talker', [fakeTool('say')], ({ args }) =>
		args['text'] === 'trap'
			? { status: 'trapped', message: 'unreachable' }
			: args['text'] === 'err'
				? returned({ err: 'no' })
				: returned(args['text'] ?? null),
	);
	const { client } = await openSession(deck);
	return { client, record: deck as { readonly activity: readonly ActivityEntry[] }, now: () => 0 };
}

describe('saved calls', () => {
	test('run in order, each held against what is expected', async () => {
		const results = await runSavedCalls(await opened(), [
			say('hello', { outcome: 'result', text: 'hello' }),
			say('err', { outcome: 'err' }),
			say('trap', { outcome: 'result' }),
			say('after', { text: 'after' }),
		]);
		expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed', 'passed']);
		expect(results[2]!.difference).toMatchObject({ at: 'outcome' });
	});

	test('fail where no component has the tool', async () => {
		const [result] = await runSavedCalls(await opened(), [
			{ tool: 'gone', arguments: {}, expect: { outcome: 'result' } },
		]);
		expect(result).toMatchObject({ status: 'failed', observed: { outcome: 'error' } });
	});

	test('stop where they are told to', async () => {
		const stop = new AbortController();
		const results = await runSavedCalls(await opened(), [say('one'), say('two')], {
			signal: stop.signal,
			onStep: () => stop.abort(),
		});
		expect(results).toHaveLength(1);
	});

	test('check no host calls where there is no record', async () => {
		const parts = await opened();
		const call = say('one', { activity: [{ capability: 'network', target: 'x', outcome: 'deny' }] });
		const [seen] = await runSavedCalls(parts, [call]);
		const [unseen] = await runSavedCalls({ ...parts, record: null }, [call]);
		expect([seen!.status, unseen!.status]).toEqual(['failed', 'passed']);
	});
});

test.each([
	['result', 'result'],
	['err', 'err'],
	[undefined, 'err'],
] as const)('an answer of one field `err`, of a call recorded as %s, is a %s', (status, outcome) => {
	const result = { content: [{ type: 'text' as const, text: '{"err":"none so far"}' }] };
	const settled = { status: 'result', result } as Parameters<typeof observe>[0];
	expect(observe(settled, [], status)).toMatchObject({ outcome });
});
