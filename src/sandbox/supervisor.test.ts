import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Program } from '../component/program';
import type { CallSetup } from '../core/call';
import { createSupervisor, type CallPorts } from './supervisor';

const { frames, prepare, runCall } = vi.hoisted(() => ({
	frames: [] as { readonly remove: ReturnType<typeof vi.fn> }[],
	prepare: vi.fn(),
	runCall: vi.fn(async () => ({})),
}));
vi.mock('./frame', () => ({
	openFrame: () => {
		const frame = {
			remove: vi.fn(),
			answers: async () => true,
			lost: new Promise(() => {}),
		};
		frames.push(frame);
		return frame;
	},
}));
vi.mock('./prepare', () => ({ prepare }));
vi.mock('./run-call', () => ({ runCall }));

const program = (source: string): Program => ({ source, modules: [], imports: [], mode: 'jspi' });
const [first, second] = [program('first'), program('second')];

function rig(spares = false) {
	const document = Object.assign(new EventTarget(), { hidden: false });
	const supervisor = createSupervisor({
		document: document as unknown as Document,
		runner: { url: 'about:blank', isHeld: false },
		now: () => 0,
		spares: () => spares,
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

describe('the sandbox that is kept ready', () => {
	test('is sent the program that is expected, once, and the call of it alone goes without its code', async () => {
		const { supervisor, run } = rig();
		supervisor.warm();
		expect(prepare).not.toHaveBeenCalled();
		supervisor.prepare(first);
		supervisor.prepare(first);
		expect(prepare.mock.calls).toEqual([[frames[0], first]]);
		expect(await run(first)).toMatchObject([{ isPrepared: true, frame: frames[0] }]);
		// What was called last is expected next.
		expect(prepare.mock.lastCall).toEqual([frames[1], first]);
		expect(await run(second)).toMatchObject([{ isPrepared: false, frame: frames[1] }]);
		expect(await run(second)).toMatchObject([{ isPrepared: true, frame: frames[2] }]);
	});

	test('is given up for one that has the other program', () => {
		const { supervisor } = rig();
		supervisor.prepare(first);
		supervisor.prepare(second);
		expect(frames[0]!.remove).toHaveBeenCalled();
		expect(prepare.mock.lastCall).toEqual([frames[1], second]);
	});

	test('goes while the page is out of sight', () => {
		const { supervisor, show } = rig();
		supervisor.prepare(first);
		show(false);
		expect(frames[0]!.remove).toHaveBeenCalled();
		supervisor.prepare(second);
		expect(frames).toHaveLength(1);
		show(true);
		expect(prepare.mock.lastCall).toEqual([frames[1], second]);
	});

	test('is sent nothing where the browser was told to spare', async () => {
		const { supervisor, run } = rig(true);
		supervisor.prepare(first);
		expect(await run(first)).toMatchObject([{ isPrepared: false, frame: frames[0] }]);
		expect(prepare).not.toHaveBeenCalled();
	});
});
