import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/**
 * The bytes of a file that is one: no folder, pipe or device, which might never end, and of at most so many bytes. With `below`, a folder,
 * the file that the path comes to once links are followed has to lie in it. The error says what it is instead, as the end of a sentence
 * that names the file.
 */
export function readRegular(path, { most, below }) {
	let file;
	try {
		const real = realpathSync(path);
		if (below !== undefined && !isBelow(real, realpathSync(below)))
			return { ok: false, error: 'lies outside the folder that it is named in' };
		// Without waiting: opening a pipe that nobody writes to would.
		file = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
		const stat = fstatSync(file);
		if (!stat.isFile()) return { ok: false, error: 'is no regular file' };
		if (stat.size > most) return { ok: false, error: `is larger than ${mebibytes(most)}` };
		// Some files of the system say that they hold nothing, and hold more: one byte beyond the limit tells.
		const chunks = [];
		let length = 0;
		for (;;) {
			const chunk = Buffer.alloc(Math.min(most + 1 - length, 2 ** 20));
			const read = readSync(file, chunk);
			if (read === 0) return { ok: true, bytes: Buffer.concat(chunks) };
			length += read;
			if (length > most) return { ok: false, error: `is larger than ${mebibytes(most)}` };
			chunks.push(chunk.subarray(0, read));
		}
	} catch (error) {
		return { ok: false, error: error.code === 'ENOENT' ? 'is not there' : `cannot be read (${error.code})` };
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

const isBelow = (path, folder) => path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);

const mebibytes = (bytes) => `${bytes / 2 ** 20} MiB`;
