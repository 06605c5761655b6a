import { dispose } from '../io/dispose';
import type { InputStream, OutputStream } from '../io/streams';
import type { MayWrite } from './attempt';
import {
	createDirectoryAt,
	linkAt,
	listDirectory,
	lookForStat,
	lookToChange,
	readlinkAt,
	removeDirectoryAt,
	renameAt,
	symlinkAt,
	unlinkFileAt,
} from './directory-operations';
import { DirectoryEntryStream } from './directory-entry-stream';
import { read, readViaStream, setSize, write, writeViaStream } from './file-operations';
import { fileOf, requireRoom, type Context, type Handle } from './handle';
import type { Inode } from './inode';
import { openAt } from './open-at';
import { metadataHashOf, statOf } from './stat';
import {
	fail,
	newTimeOf,
	typeOf,
	type Advice,
	type DescriptorFlags,
	type DescriptorStat,
	type DescriptorType,
	type MetadataHashValue,
	type NewTimestamp,
	type OpenFlags,
	type PathFlags,
} from './wasi';

/** `wasi:filesystem/types.descriptor`. Its methods throw WASI error codes, as generated code expects. */
export class Descriptor {
	readonly #context: Context;
	readonly #handle: Handle;
	/** Counted among the open ones: a preopen is not. */
	#counted: boolean;

	protected constructor(context: Context, handle: Handle, counted: boolean) {
		this.#context = context;
		this.#handle = handle;
		this.#counted = counted;
	}

	/** The descriptor of a preopen. */
	static ofPreopen(context: Context, handle: Handle): Descriptor {
		return new Descriptor(context, handle, false);
	}

	/** What a rename or a link to a path of this descriptor works on. */
	protected asTarget(_operation: string, _path: string): Handle {
		return this.#handle;
	}

	readViaStream(offset: bigint): InputStream {
		return readViaStream(this.#context, this.#handle, offset);
	}

	writeViaStream(offset: bigint): OutputStream {
		return writeViaStream(this.#context, this.#handle, offset);
	}

	appendViaStream(): OutputStream {
		return writeViaStream(this.#context, this.#handle, null);
	}

	/** Advice changes nothing here. */
	advise(_offset: bigint, _length: bigint, _advice: Advice): void {
		fileOf(this.#handle);
	}

	/** There is nothing behind memory to bring up to date. */
	syncData(): void {}

	sync(): void {}

	getFlags(): DescriptorFlags {
		return { ...this.#handle.flags };
	}

	getType(): DescriptorType {
		return typeOf(this.#handle.inode.kind);
	}

	setSize(size: bigint): void {
		setSize(this.#context, this.#handle, size);
	}

	setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
		const { inode, preopen, flags, path } = this.#handle;
		this.#context.auditor.perform('set-times', 'write', preopen, (attempt) => {
			const mayWrite = attempt.require('write', path);
			if (inode.kind === 'file' && !flags.write) fail('not-permitted');
			this.#setTimes(mayWrite, inode, accessed, modified);
		});
	}

	read(length: bigint, offset: bigint): [Uint8Array, boolean] {
		return read(this.#context, this.#handle, length, offset);
	}

	write(buffer: Uint8Array, offset: bigint): bigint {
		return write(this.#context, this.#handle, buffer, offset);
	}

	readDirectory(): DirectoryEntryStream {
		requireRoom(this.#context);
		const entries = listDirectory(this.#context, this.#handle);
		this.#context.open++;
		return DirectoryEntryStream.of(entries, () => void this.#context.open--);
	}

	createDirectoryAt(path: string): void {
		createDirectoryAt(this.#context, this.#handle, path);
	}

	stat(): DescriptorStat {
		return statOf(this.#handle.inode);
	}

	statAt(flags: PathFlags, path: string): DescriptorStat {
		return this.#look('stat-at', flags, path, statOf);
	}

	setTimesAt(flags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
		this.#context.auditor.perform('set-times-at', 'write', this.#handle.preopen, (attempt) => {
			const { inode, mayWrite } = lookToChange(this.#context, this.#handle, attempt, flags, path);
			this.#setTimes(mayWrite, inode, accessed, modified);
		});
	}

	linkAt(flags: PathFlags, oldPath: string, target: Descriptor, newPath: string): void {
		linkAt(this.#context, this.#handle, flags, oldPath, target.asTarget('link-at', newPath), newPath);
	}

	openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
		const handle = openAt(this.#context, this.#handle, pathFlags, path, openFlags, flags);
		return new Descriptor(this.#context, handle, true);
	}

	readlinkAt(path: string): string {
		return readlinkAt(this.#context, this.#handle, path);
	}

	removeDirectoryAt(path: string): void {
		removeDirectoryAt(this.#context, this.#handle, path);
	}

	renameAt(oldPath: string, target: Descriptor, newPath: string): void {
		renameAt(this.#context, this.#handle, oldPath, target.asTarget('rename-at', newPath), newPath);
	}

	symlinkAt(oldPath: string, newPath: string): void {
		symlinkAt(this.#context, this.#handle, oldPath, newPath);
	}

	unlinkFileAt(path: string): void {
		unlinkFileAt(this.#context, this.#handle, path);
	}

	isSameObject(other: Descriptor): boolean {
		return this.#handle.inode === other.#handle.inode;
	}

	metadataHash(): MetadataHashValue {
		return metadataHashOf(this.#handle.inode);
	}

	metadataHashAt(flags: PathFlags, path: string): MetadataHashValue {
		// C libraries ask for it with every `stat` and for every entry they list: it is recorded only where it fails.
		return this.#look('metadata-hash-at', flags, path, metadataHashOf, true);
	}

	[dispose](): void {
		if (!this.#counted) return;
		this.#counted = false;
		this.#context.open--;
		const { inode } = this.#handle;
		if (inode.kind === 'file') this.#context.tree.close(inode);
	}

	#look<T>(operation: string, flags: PathFlags, path: string, tell: (inode: Inode) => T, quiet = false): T {
		return this.#context.auditor.perform(
			operation,
			'read',
			this.#handle.preopen,
			(attempt) => tell(lookForStat(this.#context, this.#handle, attempt, flags, path).inode),
			quiet,
		);
	}

	#setTimes(_granted: MayWrite, inode: Inode, accessed: NewTimestamp, modified: NewTimestamp): void {
		const now = this.#context.tree.now();
		const times = [
			newTimeOf(accessed, inode.accessed, now),
			newTimeOf(modified, inode.modified, now),
		] as const;
		if (times[1] !== inode.modified) inode.dirty = true;
		[inode.accessed, inode.modified] = times;
		inode.changed = now;
	}
}
