import { interfaceOf } from './interface-of';
import type { InputStream, OutputStream } from '../io/streams';
import type { HostImports } from '../types';
import { giveStream, takeStream } from './streams';

/** `wasi:cli` 0.3 over 0.2: what is different are the three streams. */
export function createCli3(two: HostImports): HostImports {
	const { getEnvironment, getArguments, initialCwd } = interfaceOf(two, 'wasi:cli/environment');
	const { getStdin } = two['wasi:cli/stdin'] as { getStdin: () => InputStream };
	const { getStdout } = two['wasi:cli/stdout'] as { getStdout: () => OutputStream };
	const { getStderr } = two['wasi:cli/stderr'] as { getStderr: () => OutputStream };
	const failed = () => 'io' as const;
	return {
		'wasi:cli/environment@0.3': { getEnvironment, getArguments, getInitialCwd: initialCwd },
		'wasi:cli/exit@0.3': interfaceOf(two, 'wasi:cli/exit'),
		'wasi:cli/stdin@0.3': { readViaStream: () => giveStream(getStdin(), failed) },
		'wasi:cli/stdout@0.3': { writeViaStream: (data: unknown) => takeStream(data, getStdout, failed) },
		'wasi:cli/stderr@0.3': { writeViaStream: (data: unknown) => takeStream(data, getStderr, failed) },
		'wasi:cli/terminal-input@0.3': interfaceOf(two, 'wasi:cli/terminal-input'),
		'wasi:cli/terminal-output@0.3': interfaceOf(two, 'wasi:cli/terminal-output'),
		'wasi:cli/terminal-stdin@0.3': interfaceOf(two, 'wasi:cli/terminal-stdin'),
		'wasi:cli/terminal-stdout@0.3': interfaceOf(two, 'wasi:cli/terminal-stdout'),
		'wasi:cli/terminal-stderr@0.3': interfaceOf(two, 'wasi:cli/terminal-stderr'),
	};
}
