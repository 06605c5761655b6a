import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import type { FoundComponents } from './found';
import { lying, PackedFiles, type Packed } from './packed-file';
import { readDocker, savedImages } from './read-docker';
import { layoutIn, readLayout } from './read-layout';
import { readLoose } from './read-loose';
import { unpack } from './unpack';

/** A file that a person dropped or picked, with its place in the folder it was dropped with. */
export interface DroppedFile {
	/** With slashes; the file's name where it came by itself. */
	readonly path: string;
	readonly file: Blob;
}

/** Finds the components in what a person dropped: one archive, or a folder and its files. The error names what was refused. */
export async function readFiles(dropped: readonly DroppedFile[]): Promise<Result<FoundComponents, string>> {
	const [only] = dropped;
	if (only && dropped.length === 1) {
		if (only.file.size > most.packedBytes)
			return err(
				`${only.path} was not read: it is larger than ${most.packedBytes / 2 ** 20} MiB. Unpack it yourself and drop what you need of it.`,
			);
		const bytes = new Uint8Array(await only.file.arrayBuffer());
		const packed = await unpack(bytes, only.path);
		if (!packed.ok) return packed;
		if (packed.value) return readPacked(packed.value, only.path);
	}
	const folder = inFolder(dropped);
	return folder.ok ? readPacked(folder.value, 'the folder') : folder;
}

async function readPacked(packed: Packed, archive: string): Promise<Result<FoundComponents, string>> {
	const root = layoutIn(packed);
	const saved = root === null ? await savedImages(packed) : null;
	const found = await (root !== null
		? readLayout(packed, root, archive)
		: saved
			? readDocker(packed, saved, archive)
			: readLoose(packed, archive));
	if (found.ok && found.value.components.length === 0)
		return err(`There is no component in ${archive}. ${found.value.remarks.join(' ')}`.trim());
	return found;
}

/** Files that lie where they were dropped; each is read when it is asked for. */
function inFolder(dropped: readonly DroppedFile[]): Result<Packed, string> {
	const found = new PackedFiles('The folder');
	for (const { path, file } of dropped) {
		const problem = found.add(path, file.size, async () => lying(new Uint8Array(await file.arrayBuffer()))());
		if (problem) return err(problem);
	}
	return ok(found.all());
}
