import { childOf, exceedsBytes, maxNameBytes } from '../../core/path';
import type { Attempt, MayWrite } from './attempt';
import { directoryOf, startOf, writableStartOf, type Context, type Handle } from './handle';
import type { DirectoryInode, Inode } from './inode';
import { resolve, resolveParent, type Found, type Parent } from './resolve';
import { splitPath } from './split-path';
import { fail, type PathFlags } from './wasi';

/** A name that may be written. */
type WritablePlace = Parent & { readonly mayWrite: MayWrite };

/** Looks a path up for an operation that tells about what is there. */
function look(context: Context, handle: Handle, attempt: Attempt, path: string): Found & { inode: Inode } {
	return seen(attempt, resolve(startOf(context, handle, attempt, path), path, false));
}

/**
 * Looks a path up to tell what is said of the entry itself. Of a path that is one name, what stands after the name does not count: the
 * runtime inside Wassette (cap-std) asks for such a name at once, so that a file answers to `a.txt/`, and a link that leads nowhere to `link/.`.
 */
export function lookForStat(
	context: Context,
	handle: Handle,
	attempt: Attempt,
	{ symlinkFollow: follow = false }: PathFlags,
	path: string,
): Found & { inode: Inode } {
	const start = startOf(context, handle, attempt, path);
	return seen(attempt, resolve(start, follow ? path : (onlyName(path) ?? path), follow));
}

function seen(attempt: Attempt, found: Found): Found & { inode: Inode } {
	attempt.requireSight(found.path, () => found.inode?.kind === 'directory');
	return present(found);
}

/** The name that is all of a path but for slashes and dots behind it; null where there is more. A dot before a name is a step of its own. */
function onlyName(path: string): string | null {
	const [name, ...rest] = splitPath(path).parts;
	if (name === undefined || name === '.' || name === '..' || path.startsWith('/')) return null;
	return rest.every((part) => part === '.') ? name : null;
}

/** The same for an operation that changes what is there. */
export function lookToChange(
	context: Context,
	handle: Handle,
	attempt: Attempt,
	{ symlinkFollow }: PathFlags,
	path: string,
): Found & { inode: Inode; mayWrite: MayWrite } {
	const found = resolve(writableStartOf(context, handle, attempt, path), path, symlinkFollow === true);
	const mayWrite = attempt.require('write', found.path);
	return { ...present(found), mayWrite };
}

function present(found: Found): Found & { inode: Inode } {
	const { inode } = found;
	return inode ? { ...found, inode } : fail('no-entry');
}

/** What a name that is to be changed stands for now. That it is too long is found only here, after the directories of all names of an operation. */
function entryOf({ parent, name }: Parent): Inode | undefined {
	if (exceedsBytes(name, maxNameBytes)) fail('name-too-long');
	return parent.entries.get(name);
}

const isDot = ({ name }: Parent) => name === '.' || name === '..';

export function createDirectoryAt(context: Context, handle: Handle, path: string): void {
	context.auditor.perform('create-directory-at', 'write', handle.preopen, (attempt) => {
		const place = newPlace(context, handle, attempt, path);
		context.tree.createDirectory(place.mayWrite, place.parent, place.name);
	});
}

export function symlinkAt(context: Context, handle: Handle, target: string, path: string): void {
	context.auditor.perform('symlink-at', 'write', handle.preopen, (attempt) => {
		const start = writableStartOf(context, handle, attempt, path);
		// A link out of the tree would be refused whenever it is followed; it is not even made.
		if (target.startsWith('/')) start.escape(target);
		splitPath(target);
		const place = newPlace(context, handle, attempt, path, 'link');
		if (place.slash) fail('no-entry');
		context.tree.createSymlink(place.mayWrite, place.parent, place.name, target);
		attempt.note(`to ${target}`);
	});
}

/**
 * A name for something new: it must not be taken, not even by a link that leads nowhere. A slash after the name of a link is a walk into
 * what has that name, and a file cannot be walked into.
 */
function newPlace(
	context: Context,
	handle: Handle,
	attempt: Attempt,
	path: string,
	kind: 'directory' | 'link' = 'directory',
): WritablePlace {
	const place = resolveParent(writableStartOf(context, handle, attempt, path), path);
	const mayWrite = attempt.require('write', place.path);
	if (kind === 'link' && place.slash && entryOf(place)?.kind === 'file') fail('not-directory');
	if (isDot(place) || entryOf(place)) fail('exist');
	return { ...place, mayWrite };
}

export function readlinkAt(context: Context, handle: Handle, path: string): string {
	return context.auditor.perform('readlink-at', 'read', handle.preopen, (attempt) => {
		const { inode } = look(context, handle, attempt, path);
		if (inode.kind !== 'symlink') fail('invalid');
		if (inode.target.startsWith('/')) fail('not-permitted');
		return inode.target;
	});
}

export function unlinkFileAt(context: Context, handle: Handle, path: string): void {
	context.auditor.perform('unlink-file-at', 'write', handle.preopen, (attempt) => {
		const start = writableStartOf(context, handle, attempt, path);
		if (path.endsWith('/')) refuseToUnlink(attempt, resolve(start, path, true));
		const place = resolveParent(start, path);
		const mayWrite = attempt.require('write', place.path);
		if (isDot(place)) fail('is-directory');
		const inode = entryOf(place) ?? fail('no-entry');
		if (inode.kind === 'directory') fail('is-directory');
		context.tree.remove(mayWrite, place.parent, place.name, inode);
	});
}

/** A slash behind a name asks for the directory there, through links, and a directory is not unlinked. */
function refuseToUnlink(attempt: Attempt, found: Found): never {
	attempt.require('write', found.path);
	present(found);
	fail('is-directory');
}

export function removeDirectoryAt(context: Context, handle: Handle, path: string): void {
	context.auditor.perform('remove-directory-at', 'write', handle.preopen, (attempt) => {
		const place = resolveParent(writableStartOf(context, handle, attempt, path), path);
		const mayWrite = attempt.require('write', place.path);
		if (place.name === '.') fail('invalid');
		if (place.name === '..') fail('not-empty');
		const inode = entryOf(place) ?? fail('no-entry');
		if (inode.kind !== 'directory') fail('not-directory');
		if (inode.entries.size > 0) fail('not-empty');
		context.tree.remove(mayWrite, place.parent, place.name, inode);
	});
}

/** One more name for a file or a symbolic link. */
export function linkAt(
	context: Context,
	from: Handle,
	{ symlinkFollow }: PathFlags,
	oldPath: string,
	to: Handle,
	newPath: string,
): void {
	context.auditor.perform('link-at', 'write', from.preopen, (attempt) => {
		const [source, target] = bothPlaces(context, attempt, from, oldPath, to, newPath);
		if (symlinkFollow) fail('invalid');
		const inode = isDot(source) ? source.parent : (entryOf(source) ?? fail('no-entry'));
		if (inode.kind !== 'directory' && source.slash) fail('not-directory');
		// Whether the new name can be made comes before what it would be made for, as POSIX systems look.
		if (isDot(target) || entryOf(target)) fail('exist');
		if (target.slash) fail('no-entry');
		if (inode.kind === 'directory') fail('not-permitted');
		// The world keeps files by path alone: it could not be told to copy what only it has.
		if (inode.kind === 'file' && inode.content.withheld) fail('unsupported');
		requireMove(context, attempt, inode, source.path, target.path);
		context.tree.link(target.mayWrite, target.parent, target.name, inode);
		attempt.note(`to ${target.path}`);
	});
}

export function renameAt(context: Context, from: Handle, oldPath: string, to: Handle, newPath: string): void {
	context.auditor.perform('rename-at', 'write', from.preopen, (attempt) => {
		const [source, target] = bothPlaces(context, attempt, from, oldPath, to, newPath);
		if (isDot(source) || isDot(target)) fail('busy');
		const inode = entryOf(source) ?? fail('no-entry');
		const replaced = entryOf(target);
		// Behind the new name a slash says nothing.
		if (inode.kind !== 'directory' && source.slash) fail('not-directory');
		attempt.note(`to ${target.path}`);
		// Two names of one file stay as they are.
		if (replaced === inode) return;
		if (inode.kind === 'directory' && isInside(target.parent, inode)) fail('invalid');
		if (replaced) checkReplacement(inode, replaced);
		requireMove(context, attempt, inode, source.path, target.path);
		const granted = { source: source.mayWrite, target: target.mayWrite };
		context.tree.move(granted, source.parent, source.name, target.parent, target.name, inode);
	});
}

function checkReplacement(inode: Inode, replaced: Inode): void {
	if (replaced.kind !== 'directory') {
		if (inode.kind === 'directory') fail('not-directory');
		return;
	}
	if (inode.kind !== 'directory') fail('is-directory');
	if (replaced.entries.size > 0) fail('not-empty');
}

function isInside(directory: DirectoryInode, outer: DirectoryInode): boolean {
	for (let here: DirectoryInode | undefined = directory; here; here = here.place?.parent) {
		if (here === outer) return true;
	}
	return false;
}

/**
 * The two names of a rename or a link. Both sides have to be writable, and, in releases that look at it, as readable as each other: moving is
 * a way to read.
 */
function bothPlaces(
	context: Context,
	attempt: Attempt,
	from: Handle,
	oldPath: string,
	to: Handle,
	newPath: string,
): [source: WritablePlace, target: WritablePlace] {
	const oldStart = writableStartOf(context, from, attempt, oldPath);
	const newStart = writableStartOf(context, to, attempt, newPath);
	if (from.preopen.read !== to.preopen.read && !context.auditor.movesBetweenRights) {
		attempt.requireRight('read', from.preopen.read ? to.preopen : from.preopen);
	}
	attempt.aimAt(from.path, oldPath);
	const source = resolveParent(oldStart, oldPath);
	const mayWriteSource = attempt.require('write', source.path, from.preopen);
	attempt.aimAt(to.path, newPath);
	const target = resolveParent(newStart, newPath);
	const mayWriteTarget = attempt.require('write', target.path, to.preopen);
	attempt.aim(source.path);
	return [
		{ ...source, mayWrite: mayWriteSource },
		{ ...target, mayWrite: mayWriteTarget },
	];
}

/** Under path rules, asks for all that moves with an entry; and what may not be read may not move to where it may. */
function requireMove({ auditor }: Context, attempt: Attempt, inode: Inode, from: string, to: string): void {
	if (!auditor.hasPathRules) return;
	const todo: [inode: Inode, from: string, to: string][] = [[inode, from, to]];
	for (let next = todo.pop(); next; next = todo.pop()) {
		const [entry, source, target] = next;
		attempt.require('write', target);
		attempt.require('write', source);
		if (auditor.ask('read', target).outcome === 'allow' && entry.kind !== 'directory')
			attempt.require('read', source);
		if (entry.kind !== 'directory') continue;
		for (const [name, child] of entry.entries) {
			todo.push([child, childOf(source, name), childOf(target, name)]);
		}
	}
	attempt.require('write', from);
}

/** The entries of a directory as they are now, in a stable order. */
export function listDirectory(context: Context, handle: Handle): [name: string, inode: Inode][] {
	const directory = directoryOf(handle);
	return context.auditor.perform('read-directory', 'read', handle.preopen, (attempt) => {
		const seen = attempt.requireSight(context.tree.pathOf(directory) ?? handle.path, () => true);
		return context.tree.list(seen, directory);
	});
}
