import { expect, test } from 'vitest';
import { rehearse } from './rehearse';

test('a rehearsal is played to its end: all of what it asks of the host is there', async () => {
	const report = await rehearse({
		now: () => performance.now(),
		wallNow: () => 0,
		randomBytes: (length) => new Uint8Array(length),
	});
	const outcome = report?.outcome;
	if (outcome?.status !== 'returned') throw new Error(JSON.stringify(report));
	expect(new TextDecoder().decode(outcome.json.utf8)).toBe('{"ok":["b"]}');
	expect(report).toMatchObject({ hostCalls: expect.any(Number), peakMemoryBytes: 65_536 });
});
