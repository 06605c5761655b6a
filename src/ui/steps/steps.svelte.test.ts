import { err, ok } from '../../core/result';
import { notesProblem } from '../../core/within-limits';
import { createOutlet } from '../../core/outlet';
import { seal } from '../../core/outlet/outgoing';
import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import type { ActivityEntry } from '../../core/activity';
import type { Json } from '../../core/wit/types';
import type { Notes } from '../../deck/deck';
import type { CallSettled, ClientCallOptions } from '../../mcp/client';
import { most } from '../../core/limits';
import type { StepServer } from './step-outcome';
import { Steps, type StepSurface } from './steps.svelte';

const answered = (text: string, isError = false): CallSettled => ({
	rpcId: 1,
	status: 'result',
	result: { content: [{ type: 'text', text }], isError },
	check: { status: 'unchecked' } as never,
});

type Answer = (
	tool: string,
	args: { readonly [name: string]: Json },
	options?: ClientCallOptions,
) => CallSettled | Promise<CallSettled>;

const server = (key: string, name: string, answer: Answer, isHere = false): StepServer => ({
	key,
	name,
	client: { tools: [], callTool: async (tool, args, options) => answer(tool, args, options) },
	record: isHere ? { activity: [] as readonly ActivityEntry[] } : null,
});

class Surface implements StepSurface {
	#notes = $state.raw<Notes>({});
	servers = $state.raw<readonly StepServer[]>([]);
	signature = $state('one');
	get deck() {
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- the members below have a `this` of their own
		const surface = this;
		return {
			get notes() {
				return surface.#notes;
			},
			outlet: createOutlet([]),
			setNotes(notes: Notes) {
				const problem = notesProblem(notes, surface.#notes);
				if (problem !== null) return err(problem);
				surface.#notes = notes;
				return ok(undefined);
			},
		};
	}
	doing(_words: string, change: () => void) {
		change();
	}
}

function opened(answer: Answer = (tool, args) => answered(`${tool} ${String(args['text'])}`)) {
	const surface = new Surface();
	surface.servers = [server('page', 'this page', answer, true)];
	const steps = new Steps(surface, () => 0);
	return { surface, steps };
}

const statuses = (steps: Steps) => {
	flushSync();
	return steps.list.map(({ outcomes }) => outcomes[0]!.status);
};
const tools = (steps: Steps) => steps.calls.map(({ tool }) => tool);

describe('steps', () => {
	test('are saved with what the call did as what is expected, in the notes of the session', () => {
		const { steps, surface } = opened();
		steps.save('a', { text: 'x' }, seal({ outcome: 'result', text: 'a x', activity: [] }));
		expect(surface.deck.notes.calls).toEqual([
			{ tool: 'a', arguments: { text: 'x' }, expect: { outcome: 'result', text: 'a x' } },
		]);
	});

	test('are moved and deleted', () => {
		const { steps } = opened();
		for (const tool of ['a', 'b', 'c']) steps.save(tool, {}, null);
		steps.move(2, -1);
		expect(tools(steps)).toEqual(['a', 'c', 'b']);
		steps.move(0, -1);
		steps.move(2, 1);
		expect(tools(steps)).toEqual(['a', 'c', 'b']);
		steps.remove(1);
		expect(tools(steps)).toEqual(['a', 'b']);
	});

	test('run in order, and say which passed', async () => {
		const { steps } = opened();
		steps.save('a', { text: 'x' }, seal({ outcome: 'result', text: 'a x', activity: [] }));
		steps.save('a', { text: 'y' }, seal({ outcome: 'result', text: 'other', activity: [] }));
		expect(statuses(steps)).toEqual(['none', 'none']);
		await steps.run();
		expect(statuses(steps)).toEqual(['passed', 'failed']);
		expect(steps.list[1]!.outcomes[0]!.difference?.message).toContain('"other"');
		expect(steps.counts).toEqual({ passed: 1, failed: 1 });
	});

	test('are stopped, and what was seen of them forgotten, where the session is replaced', async () => {
		let answer = (_: ReturnType<typeof answered>) => {};
		const { steps } = opened(() => new Promise((resolve) => (answer = resolve)));
		steps.save('a', {}, null);
		steps.save('a', {}, null);
		const ran = steps.run();
		steps.leaveSession();
		expect(steps.running).toBe(false);
		answer(answered('late'));
		await ran;
		expect(statuses(steps)).toEqual(['none', 'none']);
	});

	test('run one alone', async () => {
		const { steps } = opened();
		steps.save('a', {}, null);
		steps.save('b', {}, null);
		await steps.run(1);
		expect(statuses(steps)).toEqual(['none', 'passed']);
	});

	test('are judged anew when what is expected changes, without another run', async () => {
		const { steps } = opened();
		steps.save('a', { text: 'x' }, seal({ outcome: 'err', text: '', activity: [] }));
		await steps.run();
		const { key } = steps.list[0]!;
		expect(statuses(steps)).toEqual(['failed']);
		steps.setExpectation(0, { outcome: 'result' });
		expect(statuses(steps)).toEqual(['passed']);
		steps.setExpectation(0, { text: 'nothing like it' });
		expect(statuses(steps)).toEqual(['failed']);
		steps.accept(0);
		expect(statuses(steps)).toEqual(['passed']);
		expect(steps.calls[0]!.expect).toEqual({ outcome: 'result', text: 'a x' });
		expect(steps.list[0]!.key).toBe(key);
		steps.setExpectation(0, undefined);
		expect(steps.calls[0]).not.toHaveProperty('expect');
	});

	test('stop where they are told to, and leave the rest alone', async () => {
		const { steps } = opened(
			(_tool, _args, options) =>
				new Promise((resolve) =>
					options!.signal!.addEventListener('abort', () => resolve({ rpcId: 1, status: 'cancelled' })),
				),
		);
		steps.save('a', {}, null);
		steps.save('b', {}, null);
		const run = steps.run();
		expect(steps.running).toBe(true);
		await vi.waitFor(() => expect(statuses(steps)).toEqual(['running', 'none']));
		steps.stop();
		await run;
		expect(statuses(steps)).toEqual(['stopped', 'none']);
		expect(steps.running).toBe(false);
	});

	test('run at every server, and say where two answer differently', async () => {
		const { steps, surface } = opened(() => answered('same'));
		surface.servers = [
			...surface.servers,
			server('r', 'elsewhere', (tool) => answered(tool === 'a' ? 'same' : 'other')),
		];
		steps.save('a', {}, null);
		steps.save('b', {}, null);
		await steps.run();
		flushSync();
		expect(steps.list.map(({ apart }) => apart)).toEqual([null, expect.stringContaining('elsewhere has')]);
		expect(steps.list[0]!.outcomes.map(({ status }) => status)).toEqual(['passed', 'passed']);
	});

	test('are out of date once a policy changed', async () => {
		const { steps, surface } = opened();
		steps.save('a', {}, null);
		await steps.run();
		flushSync();
		expect(steps.list[0]!.outcomes[0]!.stale).toBe(false);
		surface.signature = 'two';
		flushSync();
		expect(steps.list[0]!.outcomes[0]!.stale).toBe(true);
	});

	test('keep what was expected, and say why, where what is to be expected is too much', async () => {
		const { steps } = opened(() => answered('x'.repeat(10)));
		steps.save('a', {}, null);
		steps.setExpectation(0, { text: 'x' });
		await steps.run();
		const refused = steps.setExpectation(0, { text: 'x'.repeat(most.expectedText + 1) });
		expect(refused).toEqual(err(expect.stringContaining('at most 65,536 are taken')));
		expect(steps.calls[0]!.expect).toEqual({ text: 'x' });
		expect(statuses(steps)).toEqual(['passed']);
	});

	test('are no more than a scenario holds', () => {
		const { steps, surface } = opened();
		surface.deck.setNotes({
			calls: Array.from({ length: most.calls }, () => ({ tool: 'a', arguments: {} })),
		});
		expect(steps.save('b', {}, null).ok).toBe(false);
		expect(steps.calls).toHaveLength(most.calls);
	});
});
