import {
	closeSync,
	constants,
	fstatSync,
	lstatSync,
	mkdirSync,
	openSync,
	opendirSync,
	readSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmdirSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { randomUUID } from 'node:crypto';

/** What one reading of all lent folders may have together: what the page hands to one call. */
const most = { entries: 16_384, bytes: 64 * 2 ** 20 };

/**
 * Folders of this computer that are lent to components, as `parseArguments` reads them. Nothing outside of them is read or written: links that lead out
 * are left out, and nothing is written through a link. The error is a sentence.
 */
export function openFolders(folders) {
	const lent = [];
	for (const { host, guest, readOnly } of folders) {
		let root;
		try {
			root = realpathSync(host);
			if (!lstatSync(root).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
		} catch (error) {
			return { ok: false, error: `The folder ${host}, which --dir names, cannot be read (${error.code}).` };
		}
		if (lent.some((other) => isWithin(other.guest, guest) || isWithin(guest, other.guest)))
			return { ok: false, error: `Two folders are lent at ${guest}, or one within the other.` };
		lent.push({ root, guest, readOnly });
	}
	/** By guest path: what the page was last given of a file. */
	let given = new Map();

	return {
		ok: true,
		guests: lent.map(({ guest, readOnly }) => ({ guest, readOnly })),
		/** Everything in the folders, parents first, by guest path; of files that did not change since they were last read, not the content. */
		read() {
			const left = { ...most };
			const stamps = new Map();
			const entries = lent.flatMap((folder) => readFolder(folder, { left, given, stamps }));
			given = stamps;
			return entries;
		},
		/** Does what a call did to files: `{ path, base64 }`, `{ path, directory: true }` or `{ path, removed: true }`, in order. Resolves with what could not be done. */
		write(changes) {
			const problems = [];
			for (const change of changes) {
				try {
					writeChange(lent, change);
				} catch (error) {
					problems.push(`${change.path} was not written on the host: ${error.message}.`);
				}
				given.delete(change.path);
			}
			return problems;
		},
	};
}

const isWithin = (path, folder) => folder === '/' || path === folder || path.startsWith(`${folder}/`);

function readFolder({ root, guest }, { left, given, stamps }) {
	const entries = [];
	const walk = (folder, at) => {
		const directory = opendirSync(folder);
		const names = [];
		try {
			for (let entry = directory.readSync(); entry; entry = directory.readSync()) {
				if ((left.entries -= 1) < 0)
					throw new Error(`The folders of --dir hold more than ${most.entries} entries`);
				names.push(entry.name);
			}
		} finally {
			directory.closeSync();
		}
		for (const name of names.sort()) {
			const file = join(folder, name);
			const path = at === '/' ? `/${name}` : `${at}/${name}`;
			const stat = lstatSync(file, { throwIfNoEntry: false });
			if (!stat) continue;
			const modified = Math.floor(stat.mtimeMs);
			if (stat.isDirectory()) {
				entries.push({ path, modified, directory: true });
				walk(file, path);
			} else if (stat.isSymbolicLink()) {
				const target = linkWithin(file, root);
				if (target !== null) entries.push({ path, modified, symlink: target });
			} else if (stat.isFile()) {
				const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
				if ((left.bytes -= stat.size) < 0) throw tooMuch();
				stamps.set(path, stamp);
				if (given.get(path) === stamp) entries.push({ path, modified, same: true });
				else entries.push({ path, modified, base64: readWhole(file).toString('base64') });
			}
		}
	};
	walk(root, guest);
	return entries;
}

const tooMuch = () => new Error(`The folders of --dir hold more than ${most.bytes / 2 ** 20} MiB`);

/** A link's target where it is relative and all that it comes to lies in the folder; else null. */
function linkWithin(file, root) {
	try {
		const target = readlinkSync(file);
		return !isAbsolute(target) && realpathSync(file).startsWith(`${root}${sep}`) ? target : null;
	} catch {
		return null;
	}
}

/** A regular file, whose last part is no link at the moment it is opened. */
function readWhole(file) {
	const opened = openSync(
		file,
		constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
	);
	try {
		const stat = fstatSync(opened);
		if (!stat.isFile()) return Buffer.alloc(0);
		if (stat.size > most.bytes) throw tooMuch();
		const bytes = Buffer.alloc(stat.size);
		let length = 0;
		for (let read = 1; read > 0 && length < bytes.length; length += read)
			read = readSync(opened, bytes, length, bytes.length - length, length);
		return bytes.subarray(0, length);
	} finally {
		closeSync(opened);
	}
}

function writeChange(lent, { path, base64, directory, removed }) {
	const folder = lent.find(({ guest }) => isWithin(path, guest) && path !== guest);
	if (!folder) throw new Error('it is in no folder that --dir names');
	if (folder.readOnly) throw new Error('its folder is lent for reading alone');
	const parts = path.slice(folder.guest === '/' ? 1 : folder.guest.length + 1).split('/');
	if (
		parts.some(
			(part) => part === '' || part === '.' || part === '..' || part.includes('\0') || part.includes(sep),
		)
	)
		throw new Error('it is no path of a file here');
	const name = parts.pop();
	const parent = realParent(folder.root, parts, !removed);
	if (parent === null) return;
	const file = join(parent, name);
	const there = lstatSync(file, { throwIfNoEntry: false });
	if (removed) {
		if (there?.isDirectory()) rmdirSync(file);
		else if (there) unlinkSync(file);
		return;
	}
	if (directory) {
		if (!there?.isDirectory()) mkdirSync(file);
		return;
	}
	if (there && !there.isFile()) throw new Error('there is something else that is no file');
	// Beside it first: whoever reads meanwhile has the old file or the new one, whole.
	const draft = join(parent, `.${randomUUID()}.tapedeck`);
	writeFileSync(draft, Buffer.from(base64, 'base64'), {
		flag: 'wx',
		mode: there ? there.mode & 0o777 : 0o644,
	});
	try {
		renameSync(draft, file);
	} catch (error) {
		unlinkSync(draft);
		throw error;
	}
}

/** The folder that a path's last part lies in, made where it is to be; null where it is not there. None of its parts is a link. */
function realParent(root, parts, make) {
	let at = root;
	for (const part of parts) {
		at = join(at, part);
		const there = lstatSync(at, { throwIfNoEntry: false });
		if (!there) {
			if (!make) return null;
			mkdirSync(at);
		} else if (!there.isDirectory()) throw new Error('a part of its path is a link or a file');
	}
	return at;
}
