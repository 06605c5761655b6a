import { describe, expect, test } from 'vitest';
import type { CallOutcome } from '../core/call';
import { emptyWorld } from '../core/world';
import { CallRecorder, savedCallsOf } from './recording';

const returned: CallOutcome = { status: 'returned', json: null, isErr: false };
const call = (callId: number) => ({ callId, tool: 'read', arguments: { n: callId } });

describe('a recording', () => {
	test('keeps calls with how they ended, and the files before the first', () => {
		const recorder = new CallRecorder();
		recorder.begin(call(1), emptyWorld.files, 5)(returned);
		recorder.begin(call(2), new Map(), 6)({ ...returned, isErr: true });
		recorder.begin(call(3), new Map(), 7)({ status: 'trapped', message: 'x' });
		recorder.begin(call(4), new Map(), 8)('refused');
		const { calls, files, startedAt } = recorder.recording;
		expect(calls.map(({ outcome }) => outcome)).toEqual(['result', 'err', 'error', 'error']);
		expect(files).toBe(emptyWorld.files);
		expect(startedAt).toBe(5);
	});

	test('leaves out a call that was stopped, and one that began before a change', () => {
		const recorder = new CallRecorder();
		recorder.begin(call(1), emptyWorld.files, 5)({ status: 'stopped' });
		const end = recorder.begin(call(2), emptyWorld.files, 5);
		recorder.restart();
		end(returned);
		expect(recorder.recording).toMatchObject({ calls: [], files: null, startedAt: null });
	});

	test('becomes saved calls that are expected to go as they went', () => {
		const calls = [{ ...call(1), outcome: 'result' as const }];
		expect(savedCallsOf(calls, [])).toEqual([
			{ tool: 'read', arguments: { n: 1 }, expect: { outcome: 'result', activity: [] } },
		]);
	});
});
