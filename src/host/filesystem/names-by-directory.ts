import type { FileTree } from '../../core/files';
import { nameOf, parentOf } from '../../core/path';

/** The names in each directory of a snapshot, in its order; a directory without any is not among the keys. */
export function namesByDirectory(files: FileTree): ReadonlyMap<string, readonly string[]> {
	const byDirectory = new Map<string, string[]>();
	for (const entry of files.keys()) {
		if (entry === '/') continue;
		const names = byDirectory.get(parentOf(entry));
		if (names) names.push(nameOf(entry));
		else byDirectory.set(parentOf(entry), [nameOf(entry)]);
	}
	return byDirectory;
}
