import { expect, test } from 'vitest';
import { createOutput } from './cli/output';
import { Ending } from './ending';
import { createLogging } from './logging';
import { FakeWorld, thrownBy } from './testing/world';

test('log messages are lines on stderr and count as output', () => {
	const world = new FakeWorld();
	const write = createOutput({ outputBytes: 30 }, world.ports, new Ending());
	const { log } = createLogging(write)['wasi:logging/logging'] as {
		log(level: string, context: string, message: string): void;
	};
	log('info', '', 'started');
	log('warn', 'db', 'slow');
	expect(world.written.stderr).toBe('info: started\nwarn [db]: slow\n');
	expect(thrownBy(() => log('info', '', 'x'))).toMatchObject({ limit: 'outputBytes' });
});
