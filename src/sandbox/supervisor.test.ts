import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Program } from '../component/program';
import type { CallSetup } from '../core/call';
import { createSupervisor, type CallPorts } from './supervisor';

const { frames, prepare, runCall } = vi.hoisted(() => ({
	frames: [] as { readonly remove: ReturnType<typeof vi.fn> }[],
	prepare: vi.fn(),
	runCall: vi.fn(async (): Promise<object | null> => ({})),
}));
vi.mock('./frame', () => ({
	openFrame: () => {
		const frame = {
			remove: vi.fn(),
			lost: new Promise(() => {}),
			ready: Promise.resolve(),
		};
		frames.push(frame);
		return frame;
	},
}));
vi.mock('./prepare', () => ({ prepare }));
vi.mock('./run-call', () => ({ runCall }));

const program = (source: string): Program => ({ source, modules: [], imports: [], mode: 'jspi' });
const [first, second] = [program('first'), program('second')];

function rig(isSaving = false) {
	const document = Object.assign(new EventTarget(), { hidden: false });
	const supervisor = createSupervisor({
		document: document as unknown as Document,
		runner: { url: 'about:blank', isHeld: false },
		now: () => 0,
		isSaving: () => isSaving,
	});
	const show = (isShown: boolean) => {
		document.hidden = !isShown;
		document.dispatchEvent(new Event('visibilitychange'));
	};
	const run = async (called: Program) => {
		await supervisor.run(called, {} as CallSetup, {} as CallPorts);
		await vi.runAllTimersAsync();
		return runCall.mock.lastCall as unknown as [{ readonly isPrepared: boolean; readonly frame: unknown }];
	};
	return { supervisor, show, run };
}

beforeEach(() => {
	vi.useFakeTimers();
	frames.length = 0;
	vi.clearAllMocks();
	return () => vi.useRealTimers();
});

const prepared = () => prepare.mock.calls.map(([frame, of]) => [frames.indexOf(frame as never), of]);
const removed = () => frames.flatMap((frame, at) => (frame.remove.mock.calls.length > 0 ? [at] : []));

describe('the sandboxes that are kept ready', () => {
	test('are one, and two that have a small program after a call, each sent it once', async () => {
		const { supervisor, run } = rig();
		supervisor.warm();
		await vi.runAllTimersAsync();
		expect(prepare).not.toHaveBeenCalled();
		supervisor.prepare(first);
		supervisor.prepare(first);
		await vi.runAllTimersAsync();
		expect(prepared()).toEqual([[0, first]]);
		expect(await run(first)).toMatchObject([{ isPrepared: true, frame: frames[0] }]);
		expect(prepared().slice(1)).toEqual([
			[1, first],
			[2, first],
		]);
	});

	test('are one where the program is large', async () => {
		const { run } = rig();
		await run({ ...first, modules: [['core', new Uint8Array(9 * 2 ** 20)]] });
		expect(frames).toHaveLength(2);
	});

	test('give a call the one that has its program, and get what was called last', async () => {
		const { run } = rig();
		await run(first);
		// One that has the other program will do, and goes without it.
		expect(await run(second)).toMatchObject([{ isPrepared: false, frame: frames[1] }]);
		expect(await run(second)).toMatchObject([{ isPrepared: true }]);
		// Who calls two by turns finds both.
		await run(first);
		expect(await run(second)).toMatchObject([{ isPrepared: true }]);
		expect(await run(first)).toMatchObject([{ isPrepared: true }]);
	});

	test('make room for one that has the program that is expected', async () => {
		const { supervisor, run } = rig();
		await run(first);
		supervisor.prepare(second);
		await vi.runAllTimersAsync();
		expect(removed()).toEqual([1]);
		expect(prepared().at(-1)).toEqual([3, second]);
	});

	test('go while the page is out of sight', async () => {
		const { supervisor, show, run } = rig();
		await run(first);
		show(false);
		expect(removed()).toEqual([1, 2]);
		supervisor.prepare(second);
		await vi.runAllTimersAsync();
		expect(frames).toHaveLength(3);
		show(true);
		expect(prepared().at(-1)).toEqual([3, second]);
	});

	test('are passed over where they turn out to be gone', async () => {
		const { run } = rig();
		await run(first);
		runCall.mockResolvedValueOnce(null).mockResolvedValueOnce(null);
		expect(await run(first)).toMatchObject([{ isPrepared: false }]);
		const calls = runCall.mock.calls as unknown as [{ readonly frame: never }][];
		const taken = calls.map(([{ frame }]) => frames.indexOf(frame));
		expect(taken.slice(1)).toEqual([1, 2, 3]);
	});

	test('start beside one that a call already waits for, where calls come in a row', async () => {
		const { supervisor, run } = rig();
		await run(first);
		expect(frames).toHaveLength(3);
		for (let call = 0; call < 4; call += 1) {
			runCall.mockReturnValueOnce(new Promise(() => {}));
			void supervisor.run(first, {} as CallSetup, {} as CallPorts);
		}
		await Promise.resolve();
		// Both that were ready, one that was opened and one that had not started; and the next one starts.
		expect(frames).toHaveLength(6);
	});

	test('are one that is sent nothing where the browser was told to spare', async () => {
		const { supervisor, run } = rig(true);
		supervisor.prepare(first);
		await vi.runAllTimersAsync();
		expect(await run(first)).toMatchObject([{ isPrepared: false, frame: frames[0] }]);
		expect(prepare).not.toHaveBeenCalled();
		expect(frames).toHaveLength(2);
	});
});
