import { keptFor } from '../../core/kept-for';
import { fromBase64, toBase64 } from '../../core/base64';
import type { FileNode, FileTree } from '../../core/files';
import { ancestorsOf, isWithin, isWorldPath } from '../../core/path';
import type { Deck } from '../../deck/deck';
import type { Around } from '../../mcp/agent/agent-side';
import type { Post } from './post';

/** A folder of the host, as it is lent. */
export interface LentFolder {
	/** Absolute, in the world. */
	readonly guest: string;
	readonly readOnly: boolean;
}

interface FolderEntry {
	readonly path: string;
	readonly modified: number;
	readonly directory?: true;
	readonly symlink?: string;
	readonly base64?: string;
	/** A file whose content is what was told of it last. */
	readonly same?: true;
}

/**
 * Reads the host's folders into the world before a call of an agent, and hands back what is another file after it: what the policy did not let the call
 * change never was in the world. One call at a time, so that each finds the folders as they are.
 */
export function createHostFolders(
	deck: Pick<Deck, 'world' | 'setFiles'>,
	post: Pick<Post, 'ask'>,
	folders: readonly LentFolder[],
): Around {
	let last: Promise<unknown> = Promise.resolve();
	let known: FileTree = new Map();

	async function read(): Promise<void> {
		const entries = (await post.ask({
			what: 'read-folders',
			with: null,
		})) as unknown as readonly FolderEntry[];
		const read = treeOf(entries, known);
		known = read;
		deck.setFiles(withFolders(deck.world.files, read, folders));
	}

	async function amid(play: Parameters<Around>[0]): ReturnType<Around> {
		try {
			await read();
		} catch (error) {
			const message = `${error instanceof Error ? error.message : String(error)}. The call was not made.`;
			return { end: { ok: false, error: { message } }, notes: [] };
		}
		const before = deck.world.files;
		const end = await play();
		const changes = changesIn(before, deck.world.files, folders);
		if (changes.length === 0) return { end, notes: [] };
		try {
			return { end, notes: (await post.ask({ what: 'write-folders', with: changes })) as string[] };
		} catch (error) {
			return { end, notes: [`Nothing was written on the host: ${(error as Error).message}.`] };
		}
	}

	return (play) => {
		const turn = last.then(() => amid(play));
		last = turn.catch(() => {});
		return turn;
	};
}

function treeOf(entries: readonly FolderEntry[], known: FileTree): FileTree {
	const tree = new Map<string, FileNode>();
	for (const { path, modified, ...entry } of entries) {
		// What no component could ask for has no place in a world.
		if (!isWorldPath(path)) continue;
		const before = known.get(path);
		if (entry.directory) tree.set(path, { kind: 'directory', modified });
		else if (entry.symlink !== undefined)
			tree.set(path, { kind: 'symlink', target: entry.symlink, modified });
		else if (entry.same && before) tree.set(path, before);
		else if (entry.base64 !== undefined) {
			const content = fromBase64(entry.base64);
			tree.set(path, { kind: 'file', content, size: content.length, modified });
		}
	}
	return tree;
}

function withFolders(files: FileTree, read: FileTree, folders: readonly LentFolder[]): FileTree {
	const tree = new Map(
		[...files].filter(([path]) => path === '/' || !folders.some(({ guest }) => isWithin(path, guest))),
	);
	for (const { guest } of folders)
		for (const path of [...ancestorsOf(guest), guest])
			if (tree.get(path)?.kind !== 'directory') tree.set(path, { kind: 'directory', modified: 0 });
	for (const [path, node] of read) tree.set(path, node);
	return tree;
}

type FolderChange =
	| { readonly path: string; readonly base64: string }
	| { readonly path: string; readonly directory: true }
	| { readonly path: string; readonly removed: true };

/** What is another file in the folders that may be written: first what is gone, the innermost first, then what is there, parents first. */
function changesIn(before: FileTree, after: FileTree, folders: readonly LentFolder[]): FolderChange[] {
	if (before === after) return [];
	const isLent = (path: string) =>
		folders.some(({ guest, readOnly }) => !readOnly && path !== guest && isWithin(path, guest));
	const gone = [...before.keys()]
		.filter(
			(path) =>
				isLent(path) && (!after.has(path) || keptFor(after, path).kind !== keptFor(before, path).kind),
		)
		.sort()
		.reverse()
		.map((path) => ({ path, removed: true as const }));
	const there = [...after]
		.filter(([path, node]) => isLent(path) && isAnother(before.get(path), node))
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.flatMap(([path, node]): FolderChange[] => {
			if (node.kind === 'directory') return [{ path, directory: true }];
			// A link of a component's making is none that the host should follow.
			return node.kind === 'file' && node.content ? [{ path, base64: toBase64(node.content) }] : [];
		});
	return [...gone, ...there];
}

function isAnother(before: FileNode | undefined, after: FileNode): boolean {
	if (before === after) return false;
	if (before?.kind !== after.kind) return true;
	if (before.kind !== 'file' || after.kind !== 'file') return false;
	const [one, other] = [before.content, after.content];
	if (one === null || other === null || one.length !== other.length) return one !== other;
	return one.some((byte, at) => byte !== other[at]);
}
