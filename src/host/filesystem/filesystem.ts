import { most } from '../../core/limits';
import type { FileChange, FileTree } from '../../core/files';
import type { Limits } from '../../core/call';
import type { Grants, Preopen } from '../../core/policy/types';
import { IoError } from '../io/error';
import type { HostCallFacts } from '../recorder';
import type { LimitReached } from '../types';
import { Auditor } from './attempt';
import { changesOf } from './changes';
import { Decoy, namesRoot } from './decoy';
import { Descriptor } from './descriptor';
import { DirectoryEntryStream } from './directory-entry-stream';
import type { Context } from './handle';
import { Tree } from './tree';
import { nanosOf, type ErrorCode } from './wasi';

export interface FilesystemOptions {
	readonly grants: Grants;
	/** What the grants cover. Contents are not copied before they are written to. */
	readonly files: FileTree;
	/** Offer a root in which nothing is, so that paths outside every preopen are recorded. */
	readonly decoyRoot: boolean;
	readonly limits: Pick<Limits, 'fileBytes'>;
	readonly record: (facts: HostCallFacts) => void;
	/** Ends the call: it has reached a limit, and the operation that did is recorded. */
	readonly end: (reason: LimitReached) => never;
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
}

/** `wasi:filesystem` as one call sees it. */
export interface Filesystem {
	readonly imports: {
		readonly 'wasi:filesystem/types': {
			readonly Descriptor: typeof Descriptor;
			readonly DirectoryEntryStream: typeof DirectoryEntryStream;
			/** The code of a stream error that came from a file. */
			readonly filesystemErrorCode: (error: IoError) => ErrorCode | undefined;
		};
		readonly 'wasi:filesystem/preopens': {
			/** The granted directories, in the order of the grants; the decoy root, if any, comes last. */
			readonly getDirectories: () => [Descriptor, string][];
		};
	};
	/** What the guest changed so far: applied to `files` in order, it gives the guest's tree. */
	changes(): readonly FileChange[];
}

/** The most entries in the granted trees together. */
const maxEntries = most.fileEntries;

/**
 * The file system of one call. Nothing is in it but `files`, and nothing of these but what is below a preopen can be reached. An operation
 * that goes beyond a limit is recorded as one that failed `insufficient-space`, and ends the call.
 */
export function createFilesystem(options: FilesystemOptions): Filesystem {
	const { grants, files, decoyRoot, limits, record, end, wallNow } = options;
	const now = stampsOf(wallNow);
	const tree = new Tree({ files, maxBytes: limits.fileBytes, maxEntries, now });
	const context: Context = { tree, auditor: new Auditor(grants, record, end), open: 0 };
	const hasDecoy = decoyRoot && !grants.preopens.some(({ guestPath }) => namesRoot(guestPath));
	// A guest may ask more than once, and drops each descriptor it got.
	const getDirectories = (): [Descriptor, string][] => [
		...grants.preopens.flatMap((preopen) => preopened(context, preopen)),
		...(hasDecoy ? [[Decoy.of(context), '/'] as [Descriptor, string]] : []),
	];
	return {
		imports: {
			'wasi:filesystem/types': { Descriptor, DirectoryEntryStream, filesystemErrorCode },
			'wasi:filesystem/preopens': { getDirectories },
		},
		changes: () => changesOf(tree, files),
	};
}

/** A clock in nanoseconds. It stands still for a millisecond at a time, in which a guest may touch many files. */
function stampsOf(wallNow: () => number): () => bigint {
	let ms = NaN;
	let stamp = 0n;
	return () => {
		const now = wallNow();
		if (now !== ms) {
			ms = now;
			stamp = nanosOf(now);
		}
		return stamp;
	};
}

/** The descriptor of a preopen; none where its directory is not in the snapshot. */
function preopened(context: Context, preopen: Preopen): [Descriptor, string][] {
	const inode = context.tree.directoryAt(preopen.path);
	if (!inode) return [];
	const descriptor = Descriptor.ofPreopen(context, {
		inode,
		preopen,
		flags: { read: true, mutateDirectory: preopen.write },
		path: preopen.path,
		noted: { read: null, write: null },
	});
	return [[descriptor, preopen.guestPath]];
}

function filesystemErrorCode(error: IoError): ErrorCode | undefined {
	const cause = IoError.causeOf(error);
	if (typeof cause !== 'object' || cause === null || !('filesystem' in cause)) return undefined;
	return cause.filesystem as ErrorCode;
}
