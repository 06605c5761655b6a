import type { DroppedFile } from '../../artifact/archive/read-files';
import { most } from '../../core/limits';

/** All that was dropped, where a folder is among it; none where there are only files. */
export function foldersOf({ items }: DataTransfer): readonly FileSystemEntry[] {
	const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
	return entries.some(({ isDirectory }) => isDirectory) ? entries : [];
}

/** The files in them, with their places. One more than are read at the most, so that it is seen that there are too many. */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly DroppedFile[]> {
	const files: DroppedFile[] = [];
	const waiting = [...entries];
	for (let entry = waiting.pop(); entry && files.length <= most.packedEntries; entry = waiting.pop()) {
		if (entry.isDirectory) waiting.push(...(await listed(entry as FileSystemDirectoryEntry)));
		else files.push({ path: entry.fullPath.slice(1), file: await fileOf(entry as FileSystemFileEntry) });
	}
	return files;
}

const fileOf = (entry: FileSystemFileEntry) =>
	new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A reader gives some of a folder at a time, and none at its end. */
async function listed(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
	const reader = folder.createReader();
	const all: FileSystemEntry[] = [];
	for (;;) {
		const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
			reader.readEntries(resolve, reject),
		);
		if (some.length === 0 || all.length > most.packedEntries) return all;
		all.push(...some);
	}
}
