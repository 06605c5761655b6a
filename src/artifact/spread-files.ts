import { most } from '../core/limits';
import { err, ok, type Result } from '../core/result';
import type { DroppedFile } from './archive/read-files';
import { unpack } from './archive/unpack';
import type { BroughtFile } from './hold-files';

/** Files that a person brought as they are, and in the place of each archive among them what is in it. The error names what was refused. */
export async function spreadFiles(
	dropped: readonly DroppedFile[],
): Promise<Result<readonly BroughtFile[], string>> {
	const files: BroughtFile[] = [];
	let bytesSoFar = 0;
	for (const { path, file } of dropped) {
		bytesSoFar += file.size;
		if (bytesSoFar > most.packedBytes)
			return err(
				`What was brought is larger than ${most.packedBytes / 2 ** 20} MiB. Bring the manifest and the component alone.`,
			);
		const bytes = new Uint8Array(await file.arrayBuffer());
		const packed = await unpack(bytes, path);
		if (!packed.ok) return packed;
		if (!packed.value) {
			files.push({ name: path, bytes });
			continue;
		}
		for (const inside of packed.value.files) {
			const read = await inside.read();
			if (!read.ok) return read;
			files.push({ name: inside.path, bytes: read.value });
		}
	}
	return ok(files);
}
