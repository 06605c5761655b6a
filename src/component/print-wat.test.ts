import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { printWat, type WatReply, type WatWorker } from './print-wat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function printer() {
	const worker: WatWorker = {
		onmessage: null,
		onerror: null,
		postMessage: () => {},
		terminate: vi.fn(),
	};
	const says = (data: WatReply) =>
		worker.onmessage?.call(worker as Worker, { data } as MessageEvent<WatReply>);
	return { worker, says };
}

test('tells how much of the printer has come, then that it prints, and gives the text', async () => {
	const { worker, says } = printer();
	const told: unknown[] = [];
	const printed = printWat(new Uint8Array(8), {
		spawn: () => worker,
		onFetched: (bytes) => told.push(bytes),
	});
	says({ fetched: 1_000 });
	says({ fetched: null });
	says({ ok: true, value: { text: '(component)', length: 11 } });
	expect(await printed).toEqual({ ok: true, value: { text: '(component)', length: 11 } });
	expect(told).toEqual([1_000, null]);
	expect(worker.terminate).toHaveBeenCalled();
});

test('stops a printer that takes too long, but not one that is still coming', async () => {
	const { worker, says } = printer();
	const printed = printWat(new Uint8Array(8), { spawn: () => worker });
	for (let second = 0; second < 30; second += 10) {
		await vi.advanceTimersByTimeAsync(10_000);
		says({ fetched: second });
	}
	expect(worker.terminate).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(20_000);
	expect(await printed).toMatchObject({ ok: false, error: expect.stringContaining('20 seconds') });
});
