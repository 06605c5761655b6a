import { describe, expect, test } from 'vitest';
import { Ending } from './ending';
import { Recorder, type HostCallFacts } from './recorder';
import { FakeWorld } from './testing/world';
import { GuestExit } from './types';

const noise = (operation: string): HostCallFacts => ({
	capability: 'clock',
	operation,
	target: 'clock',
	outcome: 'allow',
	rule: null,
	reason: 'not-governed',
});
const governed = (target: string): HostCallFacts => ({
	capability: 'storage',
	operation: 'read',
	target,
	outcome: 'deny',
	rule: null,
	reason: 'no-rule',
});

function make() {
	const world = new FakeWorld();
	const ending = new Ending();
	const recorder = new Recorder(world.ports, ending);
	const rows = () =>
		world.calls.map((call) => [call.operation, call.target, call.detail].filter(Boolean).join(' '));
	return { world, ending, recorder, rows };
}

describe('the recorder', () => {
	test('counts repeated noise and tells the count before the next governed call', () => {
		const { recorder, rows } = make();
		for (let index = 0; index < 100_000; index++) recorder.record(noise(index % 2 ? 'now' : 'bytes'));
		recorder.record(governed('/a'));
		recorder.record(noise('now'));
		recorder.flush();
		expect(rows()).toEqual([
			'bytes clock',
			'now clock',
			'bytes clock ×49999 more',
			'now clock ×49999 more',
			'read /a',
			'now clock',
		]);
		expect(recorder.answered).toBe(100_002);
	});

	test('records a second call of the same kind as it was', () => {
		const { recorder, rows } = make();
		recorder.record({ ...noise('bytes'), detail: '1 byte' });
		recorder.record({ ...noise('bytes'), detail: '2 bytes' });
		recorder.flush();
		expect(rows()).toEqual(['bytes clock 1 byte', 'bytes clock 2 bytes']);
	});

	test('records governed calls one by one, and only counts a long run of equal ones', () => {
		const { recorder, rows } = make();
		for (let index = 0; index < 20; index++) recorder.record(governed('/a'));
		recorder.record(governed('/b'));
		expect(rows()).toEqual([...Array<string>(16).fill('read /a'), 'read /a ×4 more', 'read /b']);
	});

	test('tells calls apart by how they ended', () => {
		const { recorder, rows } = make();
		for (let index = 0; index < 40; index++) {
			recorder.record({ ...governed('/a'), result: index % 2 ? 'no-entry' : 'loop' });
		}
		expect(rows()).toHaveLength(40);
	});

	test('stamps calls with the time since the call started', () => {
		const { world, recorder } = make();
		world.time += 12.5;
		recorder.record(governed('/a'));
		expect(world.calls[0]?.at).toBe(12.5);
	});

	test('answers nothing more once the call has ended', () => {
		const { recorder, ending, rows } = make();
		const exit = ending.note(new GuestExit(3));
		expect(() => recorder.record(governed('/a'))).toThrow(exit);
		expect(() => recorder.count()).toThrow(exit);
		expect(rows()).toEqual([]);
	});
});
