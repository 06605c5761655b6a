import { Zip, ZipDeflate } from 'fflate';
import type { FileTree } from '../files';
import type { Outgoing, Outlet } from '../outlet';
import { seal } from '../outlet/outgoing';
import { safeNames, type ChangedName } from './safe-names';

/** Files of more bytes than this go into a zip as they are: compressing a large one would hold up the page. */
const storedFrom = 4 * 2 ** 20;

/** All files as a zip, and what in it is not as it was. */
export interface FilesZip {
	readonly bytes: Outgoing<Uint8Array>;
	readonly changed: readonly ChangedName[];
	/** Symbolic links, which are left out. */
	readonly links: number;
	/** Files in which a secret was hidden. */
	readonly hidden: number;
}

/** Everything of a tree as a zip. Symbolic links are left out, as some unpackers follow them out of the folder. */
export function filesZip(files: FileTree, outlet: Outlet): FilesZip {
	const kept = [...files].filter(([path, { kind }]) => path !== '/' && kind !== 'symlink');
	const { names, changed } = safeNames(kept.map(([path]) => outlet.text(path)));
	const chunks: Uint8Array[] = [];
	// By names, not by the keys of an object: one of them can be `__proto__`.
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		chunks.push(chunk);
	});
	let hidden = 0;
	for (const [index, [, node]] of kept.entries()) {
		const before = node.kind === 'file' ? (node.content ?? empty) : empty;
		const content = outlet.bytes(before);
		if (content !== before) hidden += 1;
		const entry = new ZipDeflate(`${names[index]}${node.kind === 'directory' ? '/' : ''}`, {
			level: content.length === 0 || content.length > storedFrom ? 0 : 6,
		});
		zip.add(entry);
		entry.push(content, true);
	}
	zip.end();
	return {
		bytes: seal(joined(chunks)),
		changed,
		links: [...files.values()].filter(({ kind }) => kind === 'symlink').length,
		hidden,
	};
}

const empty = new Uint8Array();

function joined(chunks: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
	let at = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, at);
		at += chunk.length;
	}
	return bytes;
}
