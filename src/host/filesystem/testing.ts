import { itemAt } from '../../core/item-at';
import type { FileChange, FileNode, FileTree } from '../../core/files';
import type { Grants, PathRule, Preopen } from '../../core/policy/types';
import type { HostCallFacts } from '../recorder';
import { LimitReached } from '../types';
import type { Descriptor } from './descriptor';
import { createFilesystem, type Filesystem } from './filesystem';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const text = (bytes: Uint8Array): string => decoder.decode(bytes);
export const bytes = (content: string): Uint8Array => encoder.encode(content);

export const directory = (modified = 0): FileNode => ({ kind: 'directory', modified });
export const symlink = (target: string, modified = 0): FileNode => ({ kind: 'symlink', target, modified });
export const file = (content: string | Uint8Array, modified = 0): FileNode => {
	const content_ = typeof content === 'string' ? bytes(content) : content;
	return { kind: 'file', content: content_, size: content_.length, modified };
};
/** A file that the guest may see but not read. */
export const withheld = (size: number, modified = 0): FileNode => ({
	kind: 'file',
	content: null,
	size,
	modified,
});

/** A preopen whose rule is named after it. */
export const preopen = (path: string, access: 'r' | 'w' | 'rw', guestPath = path): Preopen => ({
	guestPath,
	path,
	read: access.includes('r'),
	write: access.includes('w'),
	rule: { text: `fs://${path} ${access}`, line: 1 },
});

export const release = (...preopens: Preopen[]): Grants => ({
	engine: '0.8.0',
	rules: 'release',
	preopens,
	paths: [],
	hosts: [],
	variables: [],
	memory: null,
});

export const documented = (preopens: Preopen[], paths: PathRule[]): Grants => ({
	...release(...preopens),
	engine: 'documented',
	rules: 'documented',
	paths,
});

export const pathRule = (
	effect: 'allow' | 'deny',
	path: string,
	access: readonly ('read' | 'write')[],
	deep = !path.endsWith('*'),
): PathRule => ({
	effect,
	segments: path.slice(1).split('/'),
	deep,
	access,
	rule: { text: `${effect} ${path}`, line: 1 },
});

export interface Guest extends Filesystem {
	readonly calls: readonly HostCallFacts[];
	/** The descriptor of a preopen by its guest path. */
	dir(guestPath?: string): Descriptor;
	/** What the record has, in short: `allow stat-at /data/a.txt` and the error code, if any. */
	record(): string[];
}

/** A guest's file system with what is usual in tests; the clock moves one millisecond each time it is asked. */
export function guest(
	files: FileTree,
	grants: Grants,
	options: { decoyRoot?: boolean; fileBytes?: number } = {},
): Guest {
	const calls: HostCallFacts[] = [];
	let time = 1_700_000_000_000;
	const filesystem = createFilesystem({
		grants,
		files,
		decoyRoot: options.decoyRoot ?? false,
		limits: { fileBytes: options.fileBytes ?? 64 * 2 ** 20 },
		record: (call) => void calls.push(call),
		end: (reason) => {
			throw reason;
		},
		wallNow: () => time++,
	});
	const directories = filesystem.imports['wasi:filesystem/preopens'].getDirectories();
	return {
		...filesystem,
		calls,
		dir: (guestPath = grants.preopens[0]?.guestPath ?? '/') =>
			itemAt(
				directories.filter(([, name]) => name === guestPath),
				0,
			)[0],
		record: () =>
			calls.map(({ outcome, operation, target, result }) =>
				[outcome, operation, target, ...(result ? [result] : [])].join(' '),
			),
	};
}

/** What an operation answers: `ok`, `ok:true` where it returns true, or the error code it throws; the limit that ended the call. */
export function outcome(operation: () => unknown): string {
	try {
		return operation() === true ? 'ok:true' : 'ok';
	} catch (error) {
		if (typeof error === 'string') return error;
		if (error instanceof LimitReached) return `${error.limit}: ${error.message}`;
		throw error;
	}
}

export const changedPaths = (changes: readonly FileChange[]): string[] =>
	changes.map((change) =>
		change.kind === 'move' ? `move ${change.from} ${change.to}` : `${change.kind} ${change.path}`,
	);
