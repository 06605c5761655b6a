import type { FileNode } from '../../core/files';
import type { Content } from './content';

interface InodeBase {
	/** Unique in its tree, never used again. */
	readonly id: number;
	/** Names it has. */
	links: number;
	/** Nanoseconds since the epoch. */
	accessed: bigint;
	modified: bigint;
	changed: bigint;
	/** The guest changed what the world keeps of it: content, target, or a modification time that was set. */
	dirty: boolean;
	/** Where and as what it came with the snapshot; null for what the guest made. */
	readonly origin: { readonly path: string; readonly node: FileNode } | null;
}

export interface FileInode extends InodeBase {
	readonly kind: 'file';
	content: Content;
	/** Descriptors and streams that hold it: without any, and without a name, its bytes are given back. */
	opens: number;
}

export interface SymlinkInode extends InodeBase {
	readonly kind: 'symlink';
	readonly target: string;
}

export interface DirectoryInode extends InodeBase {
	readonly kind: 'directory';
	/** Where it is now; null for the root and for a directory that was removed. */
	place: { readonly parent: DirectoryInode; readonly name: string } | null;
	/** Its entries; made from the snapshot when first asked for. */
	readonly entries: Map<string, Inode>;
	/** Whether its entries are as the snapshot has them because nobody has asked for them yet. */
	readonly untouched: boolean;
}

export type Inode = FileInode | SymlinkInode | DirectoryInode;
