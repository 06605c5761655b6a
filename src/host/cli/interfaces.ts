import type { CallSetup } from '../../core/call';
import type { Ending } from '../ending';
import { InputStream, OutputStream } from '../io/streams';
import type { Recorder } from '../recorder';
import { GuestExit, type HostImports } from '../types';
import type { WriteOutput } from './output';

/** `wasi:cli/terminal-input.terminal-input`; there is none. */
class TerminalInput {}
/** `wasi:cli/terminal-output.terminal-output`; there is none. */
class TerminalOutput {}

/** `wasi:cli` beside the environment: exit, the three streams, and no terminal. */
export function createCli(
	setup: Pick<CallSetup, 'surroundings'>,
	write: WriteOutput,
	ending: Ending,
	recorder: Recorder,
): HostImports {
	const output = (stream: 'stdout' | 'stderr') => () =>
		OutputStream.from({
			write(bytes) {
				recorder.record({
					capability: 'output',
					operation: 'write',
					target: stream,
					outcome: 'allow',
					rule: null,
					reason: 'not-governed',
				});
				write(stream, bytes);
			},
		});
	let unread = setup.surroundings.stdin;
	const readStdin = (max: number): Uint8Array | null => {
		if (unread.length === 0) return null;
		const bytes = unread.slice(0, max);
		unread = unread.subarray(bytes.length);
		return bytes;
	};
	return {
		'wasi:cli/exit': {
			exit: (status: { readonly tag: 'ok' | 'err' }) =>
				ending.end(new GuestExit(status.tag === 'ok' ? 0 : 1)),
			exitWithCode: (code: number) => ending.end(new GuestExit(code)),
		},
		// Every handle reads on where the last one stopped.
		'wasi:cli/stdin': { getStdin: () => InputStream.from({ read: readStdin }) },
		'wasi:cli/stdout': { getStdout: output('stdout') },
		'wasi:cli/stderr': { getStderr: output('stderr') },
		'wasi:cli/terminal-input': { TerminalInput },
		'wasi:cli/terminal-output': { TerminalOutput },
		'wasi:cli/terminal-stdin': { getTerminalStdin: () => undefined },
		'wasi:cli/terminal-stdout': { getTerminalStdout: () => undefined },
		'wasi:cli/terminal-stderr': { getTerminalStderr: () => undefined },
	};
}
