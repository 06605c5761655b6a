import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/** A program that runs until it is stopped, and never longer than this process. */
export interface Running {
	readonly child: ChildProcess;
	/** Stops it, and waits until it is gone. */
	stop(): Promise<void>;
}

/** Starts a program; `detached` as the leader of a group of processes. */
export function start(
	command: string,
	args: readonly string[],
	{
		env = {},
		stdio = 'ignore',
		detached = false,
	}: { env?: Record<string, string>; stdio?: StdioOptions; detached?: boolean } = {},
): Running {
	const child = spawn(command, args, { stdio, detached, env: { ...process.env, ...env } });
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.once('error', () => {});
	const kill = () => child.kill('SIGKILL');
	process.once('exit', kill);
	return {
		child,
		async stop() {
			process.off('exit', kill);
			if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
			child.kill('SIGTERM');
			const patience = setTimeout(kill, 5000);
			await gone;
			clearTimeout(patience);
		},
	};
}

/** Tries until it works; the last failure where it does not work in time. */
export async function eventually<T>(attempt: () => Promise<T>, milliseconds = 20_000): Promise<T> {
	const end = Date.now() + milliseconds;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > end) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}
