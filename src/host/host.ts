import { createCli } from './cli/interfaces';
import { createEnvironment } from './cli/environment';
import { createOutput } from './cli/output';
import { createClock } from './clocks/clock';
import { createClocks } from './clocks/interfaces';
import { platformTimers } from './clocks/timer';
import { createConfig } from './config';
import { Ending } from './ending';
import { createFilesystem } from './filesystem/filesystem';
import { createGuestGate } from './gate';
import { BodyBudget } from './http/incoming';
import { createHttp } from './http/interfaces';
import { exchangeOf } from './http/service';
import { IoError } from './io/error';
import { createPoll, Pollable } from './io/poll';
import { alwaysReady, suspend } from './io/readiness';
import { InputStream, OutputStream } from './io/streams';
import { createLinked } from './linked';
import { createLogging } from './logging';
import { PartResources } from './part-resources';
import { createPreview3 } from './preview3/interfaces';
import { answerOf, requestOf } from './preview3/service';
import { createRandom } from './random/interfaces';
import { Recorder } from './recorder';
import { createSockets } from './sockets/interfaces';
import { createStandIns } from './stand-ins';
import { GuestTrap, type CreateHost, type HostImports } from './types';
import { createReplayWaiter, createWaiter } from './waiting';

/** Makes the world of one call: every WASI interface a component may import, answering from the setup and through the ports. */
export const createHost: CreateHost = (setup, ports, options = {}) => {
	const { attempt, timers = platformTimers } = options;
	const { limits, surroundings, grants } = setup;
	const ending = new Ending();
	attempt?.bind(ending);
	const recorder = new Recorder(ports, ending);
	const gate = createGuestGate(grants, recorder);
	const clock = createClock(surroundings.clock, ports);
	const waiter = attempt ? createReplayWaiter(attempt, clock) : createWaiter(clock, ports);
	const write = createOutput(limits, ports, ending);
	const budget = new BodyBudget(limits, ending);

	const filesystem = createFilesystem({
		grants,
		files: setup.files,
		decoyRoot: surroundings.decoyRoot,
		limits,
		record: (facts) => recorder.record(facts),
		end: (reason) => ending.end(reason),
		wallNow: clock.peekWallMs,
	});

	const resources = new PartResources((resource) => ports.dropped?.(resource));

	// Without a prototype, so that no name a component can import finds anything but an interface.
	const imports: HostImports = Object.assign(
		Object.create(null),
		// First, so that they replace nothing that is provided.
		createStandIns(setup.standIns ?? [], recorder, standInResource),
		createLinked(setup.links ?? [], resources, {
			cross: (crossing) => {
				recorder.count();
				const answer = ports.cross?.(crossing);
				return answer ?? Promise.resolve({ ok: false, message: 'Nobody provides it.' });
			},
			end: (reason) => ending.end(reason),
		}),
		{
			'wasi:io/error': { Error: IoError },
			'wasi:io/poll': createPoll(waiter, ending),
			'wasi:io/streams': { InputStream, OutputStream },
		},
		createClocks(clock, waiter, timers, recorder),
		createRandom(surroundings.random, ports, recorder),
		createEnvironment(setup, recorder),
		createCli(setup, write, ending, recorder),
		createConfig(setup, gate),
		createLogging(write),
		createHttp({ gate, recorder, ending, waiter, budget, ports, limits, rules: setup.grants.rules }),
		createSockets(recorder),
		filesystem.imports,
	);
	Object.assign(imports, createPreview3(imports, recorder, ending));
	return {
		imports,
		resources,
		serve: (request) => exchangeOf(request, waiter),
		serve3: { requestOf, answerOf },
		changes: () => filesystem.changes(),
		counters: () => ({ hostCalls: recorder.answered, waitedMs: waiter.waitedMs }),
		ended: () => ending.reason,
		whenEnded: ending.whenEnded,
		finish: () => recorder.flush(),
	};
};

/** Resources of `wasi:io` that a stand-in may have to give out: always ready, at its end, and swallowing what it gets. */
function standInResource(name: string): unknown {
	switch (name) {
		case 'pollable':
			return new Pollable(alwaysReady, suspend);
		case 'input-stream':
			return InputStream.from({ read: () => null });
		case 'output-stream':
			return OutputStream.from({ write: () => {} });
		default:
			throw new GuestTrap(`nothing can stand in for the resource ${name}`);
	}
}
