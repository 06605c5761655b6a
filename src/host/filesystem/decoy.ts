import { joinPath } from '../../core/path';
import type { InputStream, OutputStream } from '../io/streams';
import type { StorageAccess } from './path-verdicts';
import { Descriptor } from './descriptor';
import { DirectoryEntryStream } from './directory-entry-stream';
import type { Context, Handle } from './handle';
import { Tree } from './tree';
import {
	fail,
	type DescriptorFlags,
	type DescriptorStat,
	type MetadataHashValue,
	type OpenFlags,
	type PathFlags,
} from './wasi';

/**
 * A root directory in which nothing is, offered beside the preopens. C libraries look there for paths that no preopen has, and say that these do
 * not exist without asking anybody; here they ask, hear the same, and the attempt is recorded. It holds nothing and reaches nothing.
 */
export class Decoy extends Descriptor {
	readonly #context: Context;

	private constructor(context: Context, handle: Handle) {
		super(context, handle, false);
		this.#context = context;
	}

	static of(context: Context): Decoy {
		const nothing = new Tree({ files: new Map(), maxBytes: 0, maxEntries: 0, now: context.tree.now });
		const none = { text: '', line: 0 };
		return new Decoy(context, {
			inode: nothing.root,
			preopen: { guestPath: '/', path: '/', read: false, write: false, rule: none },
			flags: { read: true },
			path: '/',
			noted: { read: null, write: null },
		});
	}

	protected override asTarget(operation: string, path: string): never {
		return this.#refuse(operation, 'write', path);
	}

	override readViaStream(_offset: bigint): InputStream {
		return fail('bad-descriptor');
	}

	override writeViaStream(_offset: bigint): OutputStream {
		return fail('bad-descriptor');
	}

	override appendViaStream(): OutputStream {
		return fail('bad-descriptor');
	}

	override setTimes(): void {
		this.#refuse('set-times', 'write', '');
	}

	override readDirectory(): DirectoryEntryStream {
		this.#context.auditor.refuse('read-directory', 'read', '/');
		return DirectoryEntryStream.of([], () => {});
	}

	override createDirectoryAt(path: string): void {
		this.#refuse('create-directory-at', 'write', path);
	}

	override statAt(_flags: PathFlags, path: string): DescriptorStat {
		return this.#refuse('stat-at', 'read', path);
	}

	override setTimesAt(_flags: PathFlags, path: string): void {
		this.#refuse('set-times-at', 'write', path);
	}

	override linkAt(_flags: PathFlags, oldPath: string): void {
		this.#refuse('link-at', 'write', oldPath);
	}

	override openAt(
		_pathFlags: PathFlags,
		path: string,
		openFlags: OpenFlags,
		flags: DescriptorFlags,
	): Descriptor {
		const purpose = openFlags.create
			? 'create'
			: openFlags.truncate
				? 'truncate'
				: flags.write
					? 'write'
					: 'read';
		return this.#refuse(`open-at ${purpose}`, purpose === 'read' ? 'read' : 'write', path);
	}

	override readlinkAt(path: string): string {
		return this.#refuse('readlink-at', 'read', path);
	}

	override removeDirectoryAt(path: string): void {
		this.#refuse('remove-directory-at', 'write', path);
	}

	override renameAt(oldPath: string): void {
		this.#refuse('rename-at', 'write', oldPath);
	}

	override symlinkAt(_oldPath: string, newPath: string): void {
		this.#refuse('symlink-at', 'write', newPath);
	}

	override unlinkFileAt(path: string): void {
		this.#refuse('unlink-file-at', 'write', path);
	}

	override metadataHashAt(_flags: PathFlags, path: string): MetadataHashValue {
		return this.#refuse('metadata-hash-at', 'read', path);
	}

	#refuse(operation: string, access: StorageAccess, path: string): never {
		this.#context.auditor.refuse(operation, access, joinPath('/', path));
		return fail('no-entry');
	}
}

/** Whether a guest finds the root under this name: C libraries take `/` and `./` off before they compare. */
export const namesRoot = (guestPath: string): boolean =>
	guestPath.split('/').every((part) => part === '' || part === '.');
