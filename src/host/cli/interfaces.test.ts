import { describe, expect, test } from 'vitest';
import { Ending } from '../ending';
import type { InputStream, OutputStream } from '../io/streams';
import { Recorder } from '../recorder';
import { bytes, FakeWorld, setupWith, text, thrownBy } from '../testing/world';
import { GuestExit, LimitReached } from '../types';
import { createCli } from './interfaces';
import { createOutput } from './output';

function make({ stdin = '', outputBytes = 100 } = {}) {
	const world = new FakeWorld();
	const ending = new Ending();
	const recorder = new Recorder(world.ports, ending);
	const setup = setupWith({ surroundings: { stdin: bytes(stdin) }, limits: { outputBytes } });
	const write = createOutput(setup.limits, world.ports, ending);
	const imports = createCli(setup, write, ending, recorder);
	const members = Object.assign({}, ...Object.values(imports)) as {
		getStdin(): InputStream;
		getStdout(): OutputStream;
		getStderr(): OutputStream;
		exit(status: { tag: 'ok' | 'err' }): never;
		exitWithCode(code: number): never;
		getTerminalStdin(): unknown;
		getTerminalStdout(): unknown;
		getTerminalStderr(): unknown;
	};
	return { world, ending, recorder, ...members };
}

describe('output', () => {
	test('goes where it was written to, and is on record', () => {
		const { world, recorder, getStdout, getStderr } = make();
		getStdout().write(bytes('out'));
		getStderr().write(bytes('err'));
		for (let index = 0; index < 5; index++) getStdout().write(bytes('.'));
		recorder.flush();
		expect(world.written).toEqual({ stdout: 'out.....', stderr: 'err' });
		expect(world.calls.map(({ target, operation, detail }) => [operation, target, detail])).toEqual([
			['write', 'stdout', undefined],
			['write', 'stderr', undefined],
			['write', 'stdout', '×5 more'],
		]);
	});

	test('ends the call at the limit of both streams together, after what still fits', () => {
		const { world, ending, getStdout, getStderr } = make({ outputBytes: 10 });
		getStdout().write(bytes('123456'));
		const failure = thrownBy(() => getStderr().write(bytes('abcdef')));
		expect(failure).toBeInstanceOf(LimitReached);
		expect(failure).toMatchObject({ limit: 'outputBytes' });
		expect(ending.reason).toBe(failure);
		expect(world.written).toEqual({ stdout: '123456', stderr: 'abcd' });
		expect(thrownBy(() => getStdout().write(bytes('more')))).toBe(failure);
		expect(world.written.stdout).toBe('123456');
	});

	test('may be exactly as long as the limit', () => {
		const { ending, getStdout } = make({ outputBytes: 3 });
		getStdout().write(bytes('abc'));
		getStdout().write(bytes(''));
		expect(ending.reason).toBeNull();
	});
});

describe('input', () => {
	test('is what the call was given, read on by every handle, then closed', () => {
		const { getStdin } = make({ stdin: 'hello' });
		expect(text(getStdin().read(2n))).toBe('he');
		const second = getStdin();
		expect(text(second.read(9n))).toBe('llo');
		expect(thrownBy(() => second.read(9n))).toEqual({ tag: 'closed' });
	});

	test('is closed from the start where there is none', () => {
		expect(thrownBy(() => make().getStdin().blockingRead(1n))).toEqual({ tag: 'closed' });
	});
});

describe('exit', () => {
	test.each([
		['ok', 0],
		['err', 1],
	] as const)('with %s ends the call with code %i', (tag, code) => {
		const { exit, ending } = make();
		expect(thrownBy(() => exit({ tag }))).toMatchObject({ code });
		expect(ending.reason).toBeInstanceOf(GuestExit);
	});

	test('takes any code', () => {
		const { exitWithCode } = make();
		expect(thrownBy(() => exitWithCode(42))).toMatchObject({ code: 42 });
	});
});

test('there is no terminal', () => {
	const { getTerminalStdin, getTerminalStdout, getTerminalStderr } = make();
	expect([getTerminalStdin(), getTerminalStdout(), getTerminalStderr()]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});
