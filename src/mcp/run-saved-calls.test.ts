import { createOutlet } from '../core/outlet';
import { describe, expect, test } from 'vitest';
import type { ActivityEntry } from '../core/activity';
import { runSavedCalls } from './run-saved-calls';
import { observe } from './saved-call';
import { fakeTool, FakeDeck, returned } from './testing/fake-deck';
import { openSession } from './testing/session';

const say = (text: string, expected: object = {}) => ({ tool: 'say', arguments: { text }, expect: expected });

async function opened(secrets: Parameters<typeof createOutlet>[0] = []) {
	const deck = new FakeDeck();
	deck.add('talker', [fakeTool('say')], ({ args }) =>
		args['text'] === 'trap'
			? { status: 'trapped', message: 'unreachable' }
			: args['text'] === 'err'
				? returned({ err: 'no' })
				: returned(args['text'] ?? null),
	);
	const { client } = await openSession(deck);
	const outlet = createOutlet(secrets);
	return {
		...{ client, record: deck as { readonly activity: readonly ActivityEntry[] } },
		...{ outlet: () => outlet, now: () => 0 },
	};
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

	test('are held to the same where a secret in them was hidden', async () => {
		const ports = await opened([{ key: 'TOKEN', value: 'a"quoted"one' }]);
		const call = say('it is a"quoted"one', { text: 'it is a"quoted"one' });
		const shared = ports.outlet().call(call);
		expect(JSON.stringify(shared)).not.toContain('quoted');
		const [own, other] = await runSavedCalls(ports, [call, { ...shared, arguments: call.arguments }]);
		expect([own!.status, other!.status]).toEqual(['passed', 'passed']);
		expect(JSON.stringify([own!.observed, other!.observed])).not.toContain('quoted');
		const [failed] = await runSavedCalls(ports, [say('a"quoted"one', { text: 'something else' })]);
		expect(failed!.difference!.message).toContain('[secret TOKEN]');
		expect(failed!.difference!.message).not.toContain('quoted');
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
	expect(observe(settled, [], { status, outlet: createOutlet([]) })).toMatchObject({ outcome });
});
