import { keptFor } from '../../core/kept-for';
import type { FileNode, FileTree } from '../../core/files';
import { ancestorsOf, childOf, exceedsBytes, maxNameBytes, maxPathBytes, nameOf } from '../../core/path';
import type { GrantedAccess, MayRead, MayWrite } from './attempt';
import { KnownContent, WithheldContent } from './content';
import type { DirectoryInode, FileInode, Inode, SymlinkInode } from './inode';
import { namesByDirectory } from './names-by-directory';
import { TreeQuota, type TreeLimits } from './tree-quota';
import { fail, nanosOf } from './wasi';

export interface TreeOptions extends TreeLimits {
	readonly files: FileTree;
	/** Nanoseconds since the epoch. */
	readonly now: () => bigint;
}

/**
 * The entries of a snapshot as inodes, made directory by directory as they are reached, and the elementary changes to them with their
 * quotas: what goes beyond one throws `LimitReached`, nothing changed. It knows nothing of paths that guests give, and decides nothing: each
 * change takes a grant, which only an attempt that asked for it has.
 */
export class Tree {
	readonly root: DirectoryInode;
	readonly now: () => bigint;
	readonly #files: FileTree;
	readonly #quota: TreeQuota;
	#snapshotNames: ReturnType<typeof namesByDirectory> | null = null;
	#lastId = 0;
	/** Where directories are, of those asked for since the last one moved or went. */
	#places = new Map<DirectoryInode, string | null>();

	constructor({ files, now, ...limits }: TreeOptions) {
		this.#files = files;
		this.#quota = new TreeQuota(files, limits);
		this.now = now;
		this.root = this.#directory({ path: '/', node: { kind: 'directory', modified: 0 } }, null);
	}

	/** The directory at an absolute path without links; undefined where there is none. */
	directoryAt(path: string): DirectoryInode | undefined {
		const node = this.at(path);
		return node?.kind === 'directory' ? node : undefined;
	}

	/** What is at an absolute path without links. */
	at(path: string): Inode | undefined {
		let here: Inode | undefined = this.root;
		if (path === '/') return here;
		for (const step of [...ancestorsOf(path).slice(1), path]) {
			here = here.kind === 'directory' ? here.entries.get(nameOf(step)) : undefined;
			if (!here) return undefined;
		}
		return here;
	}

	/** Where a directory is now; null once it was removed. */
	pathOf(directory: DirectoryInode): string | null {
		const known = this.#places.get(directory);
		if (known !== undefined) return known;
		const names: string[] = [];
		let here = directory;
		for (; here.place; here = here.place.parent) names.push(here.place.name);
		const path = here === this.root ? `/${names.reverse().join('/')}` : null;
		this.#places.set(directory, path);
		return path;
	}

	createFile(_granted: MayWrite, parent: DirectoryInode, name: string): FileInode {
		this.#makeRoom(parent, name);
		const now = this.now();
		// Field by field: components make files by the thousand.
		const file: FileInode = {
			kind: 'file',
			content: new KnownContent(),
			opens: 0,
			id: ++this.#lastId,
			links: 1,
			accessed: now,
			modified: now,
			changed: now,
			dirty: false,
			origin: null,
		};
		this.#enter(parent, name, file);
		return file;
	}

	createSymlink(_granted: MayWrite, parent: DirectoryInode, name: string, target: string): void {
		this.#makeRoom(parent, name);
		const link: SymlinkInode = { kind: 'symlink', target, ...this.#made() };
		this.#enter(parent, name, link);
	}

	createDirectory(_granted: MayWrite, parent: DirectoryInode, name: string): void {
		this.#makeRoom(parent, name);
		this.#enter(parent, name, this.#directory(null, { parent, name }));
	}

	/** Gives a file or a symbolic link one more name. */
	link(_granted: MayWrite, parent: DirectoryInode, name: string, inode: FileInode | SymlinkInode): void {
		this.#makeRoom(parent, name);
		inode.links++;
		inode.changed = this.now();
		this.#enter(parent, name, inode);
	}

	/** Takes a name away: of a file, a symbolic link or an empty directory. */
	remove(_granted: MayWrite, parent: DirectoryInode, name: string, inode: Inode): void {
		this.#remove(parent, name, inode);
	}

	/** Moves a name, replacing what may be replaced there. */
	move(
		_granted: { readonly source: MayWrite; readonly target: MayWrite },
		from: DirectoryInode,
		oldName: string,
		to: DirectoryInode,
		newName: string,
		inode: Inode,
	): void {
		this.#checkLengths(to, newName, inode);
		const replaced = to.entries.get(newName);
		if (replaced) this.#remove(to, newName, replaced);
		this.#take(from, oldName, inode);
		if (inode.kind === 'directory') this.#place(inode, { parent: to, name: newName });
		this.#enter(to, newName, inode);
	}

	/** At most `length` bytes of a file from `offset`, copied; fails `not-permitted` where they are withheld. */
	read(_granted: MayRead, file: FileInode, offset: number, length: number): Uint8Array {
		const bytes = file.content.read(offset, length);
		file.accessed = this.now();
		return bytes;
	}

	/** The same without a copy: they stand until the next change, and whoever gets them only reads them. */
	view(_granted: MayRead, file: FileInode, offset: number, length: number): Uint8Array {
		const bytes = file.content.view(offset, length);
		file.accessed = this.now();
		return bytes;
	}

	/** The entries of a directory, in a stable order. */
	list(_granted: GrantedAccess, directory: DirectoryInode): [name: string, inode: Inode][] {
		return [...directory.entries];
	}

	/** Puts bytes into a file. */
	write(_granted: MayWrite, file: FileInode, bytes: Uint8Array, offset: number): void {
		if (bytes.length > 0)
			this.#quota.charge(Math.max(file.content.size, offset + bytes.length) - file.content.size);
		file.content.write(bytes, offset);
		this.#touch(file);
	}

	resize(_granted: MayWrite, file: FileInode, size: number): void {
		this.#quota.charge(size - file.content.size);
		// Nothing is left of what was withheld, so from here on the guest knows all of it.
		if (size === 0) file.content = new KnownContent();
		else file.content.resize(size);
		this.#touch(file);
	}

	open(file: FileInode): void {
		file.opens++;
	}

	close(file: FileInode): void {
		file.opens--;
		this.#reclaim(file);
	}

	#remove(parent: DirectoryInode, name: string, inode: Inode): void {
		this.#take(parent, name, inode);
		inode.links--;
		if (inode.kind === 'file') this.#reclaim(inode);
	}

	#touch(file: FileInode): void {
		file.modified = file.changed = this.now();
		file.dirty = true;
	}

	#reclaim(file: FileInode): void {
		if (file.links === 0 && file.opens === 0) this.#quota.charge(-file.content.size);
	}

	#makeRoom(parent: DirectoryInode, name: string): void {
		this.#quota.checkEntry();
		this.#checkLengths(parent, name, null);
	}

	/** Refuses an entry that the world could not keep, as its own path or that of an entry below it is too long. */
	#checkLengths(parent: DirectoryInode, name: string, inode: Inode | null): void {
		// A directory that was removed takes no new entries.
		const path = childOf(this.pathOf(parent) ?? fail('no-entry'), name);
		if (exceedsBytes(name, maxNameBytes)) fail('name-too-long');
		if (exceedsBytes(path, maxPathBytes)) fail('name-too-long');
		if (inode?.kind !== 'directory') return;
		const todo: [string, Inode | null][] = [[path, inode]];
		for (let next = todo.pop(); next; next = todo.pop()) {
			const [at, entry] = next;
			if (exceedsBytes(at, maxPathBytes)) fail('name-too-long');
			if (entry?.kind !== 'directory') continue;
			for (const [below, child] of entry.entries) todo.push([childOf(at, below), child]);
		}
	}

	/** Of the same time as the change to the entry, which comes before. */
	#enter(parent: DirectoryInode, name: string, inode: Inode): void {
		parent.entries.set(name, inode);
		parent.modified = parent.changed = inode.changed;
		this.#quota.enter();
	}

	#take(parent: DirectoryInode, name: string, inode: Inode): void {
		parent.entries.delete(name);
		parent.modified = parent.changed = inode.changed = this.now();
		if (inode.kind === 'directory') this.#place(inode, null);
		this.#quota.leave();
	}

	#place(directory: DirectoryInode, place: DirectoryInode['place']): void {
		directory.place = place;
		this.#places.clear();
	}

	#made() {
		const now = this.now();
		return {
			id: ++this.#lastId,
			links: 1,
			accessed: now,
			modified: now,
			changed: now,
			dirty: false,
			origin: null,
		};
	}

	#kept(path: string, node: FileNode) {
		const time = nanosOf(node.modified);
		const origin = { path, node };
		return {
			id: ++this.#lastId,
			links: 1,
			accessed: time,
			modified: time,
			changed: time,
			dirty: false,
			origin,
		};
	}

	#directory(
		origin: { path: string; node: FileNode } | null,
		place: DirectoryInode['place'],
	): DirectoryInode {
		let entries: Map<string, Inode> | null = origin ? null : new Map();
		const load = (self: DirectoryInode) => (entries ??= origin ? this.#load(self, origin.path) : new Map());
		return {
			kind: 'directory',
			place,
			...(origin ? this.#kept(origin.path, origin.node) : this.#made()),
			get entries() {
				return load(this);
			},
			get untouched() {
				return entries === null;
			},
		};
	}

	#load(directory: DirectoryInode, path: string): Map<string, Inode> {
		const entries = new Map<string, Inode>();
		this.#snapshotNames ??= namesByDirectory(this.#files);
		for (const name of this.#snapshotNames.get(path) ?? []) {
			const at = childOf(path, name);
			const node = keptFor(this.#files, at);
			entries.set(name, this.#inode(directory, name, at, node));
		}
		return entries;
	}

	#inode(parent: DirectoryInode, name: string, path: string, node: FileNode): Inode {
		switch (node.kind) {
			case 'directory':
				return this.#directory({ path, node }, { parent, name });
			case 'symlink':
				return { kind: 'symlink', target: node.target, ...this.#kept(path, node) };
			case 'file': {
				const content = node.content ? new KnownContent(node.content) : new WithheldContent(node.size);
				return { kind: 'file', content, opens: 0, ...this.#kept(path, node) };
			}
		}
	}
}
