import { defaultLimits } from '../../core/call';
import type { Grants, RuleRef } from '../../core/policy/types';
import type { HostImports } from '../../host/types';
import {
	wireLimits,
	type Job,
	type PageCalls,
	type PageNews,
	type RunnerCalls,
	type RunReport,
} from '../protocol';
import { connect, createAssembler } from '../rpc';
import { createRunner, type RunnerPlatform } from './create-runner';
import { CoreModules, type Memories } from './memories';

/**
 * Plays a call of a program of ours in a world of its own, for nobody: the engine then knows the code that the real call goes through, from
 * the message that asks for it to the one that answers. It has no part in that call. Gives what it ended with; null where it did not. Of the component whose call is awaited nothing runs.
 */
export async function rehearse(platform: RunnerPlatform): Promise<RunReport | null> {
	const heard = createAssembler({ text: wireLimits.text, bytes: wireLimits.bytes });
	const stage = createRunner(
		{
			postMessage(message) {
				const packet = heard(message);
				if (packet) page.receive(packet);
			},
		},
		platform,
		{ prepared: { load: async () => ({ instantiate }), modules: new CoreModules([['memory', oneMemory]]) } },
	);
	const page = connect<RunnerCalls, PageCalls & PageNews>({ postMessage: stage.receive }, silence);
	// Whatever becomes of it, the call goes on without.
	return page.call('run', job()).catch(() => null);
}

const nobody = (): never => {
	throw new Error('a rehearsal asks for nothing');
};
const silence = {
	...{ batch() {}, changes() {}, dropped() {} },
	...{ request: nobody, read: nobody, cancel: nobody, cross: nobody },
};

/** `(module (memory (export "m") 1 1))` */
const oneMemory = Uint8Array.of(...[0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 1, 1, 1, 7, 5, 1, 1, 109, 2, 0]);

const rule: RuleRef = { text: '', line: 1 };
const grants: Grants = {
	engine: 'documented',
	rules: 'documented',
	preopens: [{ guestPath: '/a', path: '/a', read: true, write: true, rule }],
	paths: [{ effect: 'allow', segments: ['a'], deep: true, access: ['read', 'write'], rule }],
	hosts: [],
	variables: [{ key: 'A', rule, reason: 'granted' }],
	memory: null,
};

/** It is read as it is sent: numbers beyond a double, bytes and lists of files are in it. */
const job = (): Job => ({
	code: null,
	mode: 'Suspending' in WebAssembly ? 'jspi' : 'sync',
	setup: {
		function: {
			interface: null,
			name: 'play',
			params: [{ name: 'path', type: { kind: 'string' } }],
			result: { kind: 'result', ok: { kind: 'list', element: { kind: 'string' } }, err: { kind: 'string' } },
		},
		arguments: { path: 'b' },
		grants,
		files: [
			['/', { kind: 'directory', modified: 0 }],
			['/a', { kind: 'directory', modified: 0 }],
			['/a/b', { kind: 'file', content: Uint8Array.of(98), size: 1, modified: 0 }],
		],
		variables: [['A', 'b']],
		surroundings: {
			...{ arguments: [], clock: 'live', random: 'live', decoyRoot: true },
			stdin: new Uint8Array(),
		},
		limits: defaultLimits,
	},
});

/** Calls a method of the host, as generated code does. */
function use(of: unknown, method: string, ...given: readonly unknown[]): unknown {
	const callable: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, method) : null;
	if (typeof callable !== 'function') throw new Error(`the host has no ${method}`);
	return Reflect.apply(callable, of, given);
}

async function instantiate(
	getCoreModule: CoreModules['get'],
	imports: HostImports,
	instantiateCore: Memories['instantiate'],
) {
	await instantiateCore(await getCoreModule('memory'), {});
	return { play: (path: string) => play(path, imports) };
}

/** What most components do: look around, and read, write and print a little. */
async function play(path: string, imports: HostImports): Promise<string[]> {
	const follow = { symlinkFollow: true };
	use(imports['wasi:cli/environment'], 'getEnvironment');
	const out = use(imports['wasi:cli/stdout'], 'getStdout');
	await use(out, 'blockingWriteAndFlush', Uint8Array.of(10));
	const [[root]] = use(imports['wasi:filesystem/preopens'], 'getDirectories') as [[unknown]];
	use(root, 'getType');
	use(root, 'stat');
	use(root, 'statAt', follow, path);
	const names: string[] = [];
	const entries = use(root, 'readDirectory');
	for (;;) {
		const entry = use(entries, 'readDirectoryEntry') as { readonly name: string } | undefined;
		if (!entry) break;
		names.push(entry.name);
	}
	const input = use(use(root, 'openAt', follow, path, {}, { read: true }), 'readViaStream', 0n);
	await use(input, 'blockingRead', 1n);
	const output = use(
		use(root, 'openAt', follow, 'c', { create: true }, { write: true }),
		'writeViaStream',
		0n,
	);
	await use(output, 'blockingWriteAndFlush', Uint8Array.of(99));
	return names;
}
