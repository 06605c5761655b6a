import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';

/** A file in an archive or a folder. What it holds is read when it is asked for. */
export interface PackedFile {
	/** Its place in the archive, with slashes and without one at its beginning. */
	readonly path: string;
	/** Bytes, as the archive says it. */
	readonly size: number;
	/** What it holds. The error names the file. */
	readonly read: () => Promise<Result<Uint8Array<ArrayBuffer>, string>>;
}

/** What is in an archive, before anything of it is unpacked. */
export interface Packed {
	readonly files: readonly PackedFile[];
	/** Paths of links in it, which nothing here follows. */
	readonly links: readonly string[];
}

/** Puts the files of an archive together under their names, and refuses it as soon as one of them, or all together, is out of bounds. */
export class PackedFiles {
	readonly #archive: string;
	readonly #files = new Map<string, PackedFile>();
	readonly #links: string[] = [];
	#entries = 0;
	#bytes = 0;

	/** `archive` is its file's name, for what is said of it. */
	constructor(archive: string) {
		this.#archive = archive;
	}

	/** Null where the file was taken, or belongs to nobody; else why the archive is not read. */
	add(path: string, size: number, read: PackedFile['read'] | 'link'): string | null {
		this.#entries += 1;
		if (this.#entries > most.packedEntries)
			return this.refusal(`it has more than ${most.packedEntries.toLocaleString('en')} entries`);
		const place = path.replace(/^(?:\.\/)+/, '');
		const problem = nameProblem(place);
		if (problem) return this.refusal(`the name ${place} in it ${problem}`);
		if (/(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._)/.test(place)) return null;
		if (this.#files.has(place) || this.#links.includes(place))
			return this.refusal(`${place} is in it twice, and which of the two counts cannot be told`);
		if (read === 'link') {
			this.#links.push(place);
			return null;
		}
		this.#bytes += size;
		if (this.#bytes > most.unpackedBytes)
			return this.refusal(`it unpacks to more than ${most.unpackedBytes / 2 ** 20} MiB`);
		this.#files.set(place, { path: place, size, read });
		return null;
	}

	refusal = (reason: string): string =>
		`${this.#archive} was not read: ${reason}. Unpack it yourself and drop what you need of it.`;

	all(): Packed {
		return { files: [...this.#files.values()], links: this.#links };
	}
}

/** What keeps a name from being a place within an archive; null where nothing does. */
function nameProblem(path: string): string | null {
	if (path === '') return 'is empty';
	if (/[\\\0]/.test(path)) return 'has a character that no name has';
	if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'begins outside the archive';
	const parts = path.split('/');
	if (parts.includes('..')) return 'leads out of the archive';
	if (parts.some((part) => part === '' || part === '.')) return 'is no plain path';
	const tooLong = path.length > most.pathBytes || parts.some((part) => part.length > most.nameBytes);
	return tooLong ? 'is longer than a file system takes' : null;
}

/** Reads what lies there as it is. */
export const lying =
	(bytes: Uint8Array<ArrayBuffer>): PackedFile['read'] =>
	() =>
		Promise.resolve(ok(bytes));

/** Says of a file that it cannot be read. */
export const unreadable =
	(error: string): PackedFile['read'] =>
	() =>
		Promise.resolve(err(error));
