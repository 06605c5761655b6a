import type { Preopen } from '../../core/policy/types';
import type { Attempt, Auditor, MayRead, MayWrite } from './attempt';
import type { DirectoryInode, FileInode } from './inode';
import type { Start } from './resolve';
import type { Tree } from './tree';
import { fail, type DescriptorFlags } from './wasi';

/** What the descriptors of one call share. */
export interface Context {
	readonly tree: Tree;
	readonly auditor: Auditor;
	/** Descriptors and directory streams that are open, beside the preopens. */
	open: number;
}

/** The most descriptors and directory streams a guest may have open. */
const maxOpen = 64;

/** What a descriptor is of, and what may be done through it. */
export interface Handle {
	readonly inode: FileInode | DirectoryInode;
	/** The granted directory it was opened from: its rights hold for all below. */
	readonly preopen: Preopen;
	/** What it was opened for. A directory's `mutateDirectory` is what `get-flags` answers and no more, see `writableStartOf`. */
	readonly flags: DescriptorFlags;
	/** Where it was when it was opened. */
	readonly path: string;
	/** What has been decided and recorded once, so that not every piece of a file that is read is. */
	readonly noted: { read: MayRead | null; write: MayWrite | null };
}

/** Fails where no more may be opened. POSIX has EMFILE for that; WASI has no code for it, and this one is the nearest. */
export function requireRoom(context: Context): void {
	if (context.open >= maxOpen) fail('insufficient-memory');
}

export const fileOf = ({ inode }: Handle): FileInode =>
	inode.kind === 'file' ? inode : fail('bad-descriptor');

export const directoryOf = ({ inode }: Handle): DirectoryInode =>
	inode.kind === 'directory' ? inode : fail('not-directory');

/** Where a walk from a descriptor starts; the operation's target is the path by its text until it is resolved. */
export function startOf({ tree }: Context, handle: Handle, attempt: Attempt, path: string): Start {
	const directory = directoryOf(handle);
	attempt.aimAt(tree.pathOf(directory) ?? handle.path, path);
	return { tree, directory, escape: (target) => attempt.escape(target) };
}

/**
 * The same for an operation that changes entries of a directory. The right to do so is the preopen's and not the flag `mutate-directory`:
 * guests built for preview 1 cannot ask for that flag, and Wasmtime does not ask for it either.
 */
export function writableStartOf(context: Context, handle: Handle, attempt: Attempt, path: string): Start {
	const start = startOf(context, handle, attempt, path);
	attempt.requireRight('write', handle.preopen);
	return start;
}
