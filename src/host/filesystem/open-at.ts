import type { MayWrite } from './attempt';
import { requireRoom, startOf, type Context, type Handle } from './handle';
import type { DirectoryInode, FileInode } from './inode';
import { resolve, resolveToCreate, type Found } from './resolve';
import { asksForSync, fail, type DescriptorFlags, type OpenFlags, type PathFlags } from './wasi';

/** `open-at`: `create` and `truncate` count as writing, and no flags at all as reading. */
export function openAt(
	context: Context,
	from: Handle,
	pathFlags: PathFlags,
	path: string,
	openFlags: OpenFlags,
	flags: DescriptorFlags,
): Handle {
	const { create = false, truncate = false } = openFlags;
	const exclusive = create && openFlags.exclusive === true;
	const write = flags.write === true || create || truncate;
	const read = flags.read === true || flags.write !== true;
	const purpose = create ? 'create' : truncate ? 'truncate' : write ? 'write' : 'read';
	return context.auditor.perform(`open-at ${purpose}`, write ? 'write' : 'read', from.preopen, (attempt) => {
		const start = startOf(context, from, attempt, path);
		if (write) attempt.requireRight('write');
		if (asksForSync(flags)) fail('unsupported');
		if (openFlags.directory && (create || truncate || openFlags.exclusive)) fail('invalid');

		const look = create ? resolveToCreate : resolve;
		const found = look(start, path, pathFlags.symlinkFollow === true && !exclusive);
		const mayWrite = write ? attempt.require('write', found.path) : null;
		if (!mayWrite) attempt.requireOpening(found.path, () => found.inode?.kind === 'directory');

		if (exclusive && found.inode) fail('exist');
		requireRoom(context);
		const inode = existing(found) ?? createFile(context, found, create ? mayWrite : null);
		if (inode.kind === 'directory' && write) fail('is-directory');
		if (inode.kind === 'file' && openFlags.directory) fail('not-directory');
		context.open++;
		if (inode.kind === 'file') {
			if (truncate && mayWrite) context.tree.resize(mayWrite, inode, 0);
			context.tree.open(inode);
		}
		return {
			inode,
			preopen: from.preopen,
			flags:
				inode.kind === 'file'
					? { read, write }
					: { read: true, mutateDirectory: flags.mutateDirectory === true && from.preopen.write },
			path: found.path,
			noted: { read: null, write: null },
		};
	});
}

function existing({ inode }: Found): FileInode | DirectoryInode | undefined {
	if (inode?.kind === 'symlink') fail('loop');
	return inode;
}

function createFile(context: Context, { entry }: Found, mayCreate: MayWrite | null): FileInode {
	if (!mayCreate || !entry) fail('no-entry');
	return context.tree.createFile(mayCreate, entry.parent, entry.name);
}
