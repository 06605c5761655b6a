import { SvelteSet } from 'svelte/reactivity';
import type { FilesZip } from '../../core/export/files-zip';
import { withEntry, withEntryMoved, withoutEntry, worldPath } from '../../core/file-tree';
import type { FileNode, FileTree } from '../../core/files';
import { childOf, parentOf } from '../../core/path';
import type { Result } from '../../core/result';
import { err, ok } from '../../core/result';
import { sessionGone, type Beginning, type Deck } from '../../deck/deck';
import { formatBytes } from '../base/format';
import { treeRows } from './tree';

/** The files pane: the world's tree with some directories open and one entry selected. */
export class FilesDesk {
	readonly #surface: { readonly deck: Deck };
	readonly #closed = new SvelteSet<string>();
	#selected = $state<string | null>(null);
	#original = $state.raw<FileTree | null>(null);

	files = $derived.by(() => this.#surface.deck.world.files);
	rows = $derived.by(() => treeRows(this.files, (path) => !this.#closed.has(path)));
	selected = $derived(this.#selected !== null && this.files.has(this.#selected) ? this.#selected : null);
	node = $derived(this.selected === null ? null : (this.files.get(this.selected) ?? null));
	/** Whether anything changed since the files were put there. */
	changed = $derived.by(() => this.#original !== null && this.#original !== this.files);
	/** The directory that new entries go to. */
	target = $derived(
		this.selected === null ? '/' : this.node?.kind === 'directory' ? this.selected : parentOf(this.selected),
	);

	constructor(surface: { readonly deck: Deck }) {
		this.#surface = surface;
	}

	/** Takes the files as they are now for what a reset goes back to. */
	mark = () => {
		this.#original = this.#surface.deck.world.files;
	};

	reset = () => {
		if (this.#original) this.#put(ok(this.#original));
	};

	select = (path: string | null) => {
		this.#selected = path;
	};

	toggle = (path: string) => {
		if (!this.#closed.delete(path)) this.#closed.add(path);
	};

	/** Puts a file there, or other content into the one that is. The error says what stands in the way. */
	write = (path: string, content: Uint8Array): Result<void, string> =>
		this.#put(
			withEntry(this.#surface.deck.world.files, path, {
				kind: 'file',
				content,
				size: content.length,
				modified: Date.now(),
			}),
		);

	/** Makes an empty file, or a directory where the name ends in a slash. */
	create = (typed: string): Result<string, string> => {
		const path = worldPath(typed.startsWith('/') ? typed : childOf(this.target, typed));
		if (!path.ok) return path;
		if (this.files.has(path.value)) return err(`${path.value} is already there`);
		const node: FileNode = typed.endsWith('/')
			? { kind: 'directory', modified: Date.now() }
			: { kind: 'file', content: new Uint8Array(), size: 0, modified: Date.now() };
		const put = this.#put(withEntry(this.#surface.deck.world.files, path.value, node));
		if (!put.ok) return put;
		this.#selected = path.value;
		return path;
	};

	rename = (from: string, typed: string): Result<string, string> => {
		const to = worldPath(typed);
		if (!to.ok) return to;
		const put = this.#put(withEntryMoved(this.#surface.deck.world.files, from, to.value));
		if (!put.ok) return put;
		this.#selected = to.value;
		return to;
	};

	remove = (path: string) => {
		this.#put(ok(withoutEntry(this.#surface.deck.world.files, path)));
	};

	/** Adds files from the person's disk to a directory. The error names the first that did not fit; the others are there. */
	upload = async (files: readonly File[], directory = this.target): Promise<Result<void, string>> => {
		const { deck } = this.#surface;
		const began = deck.begin();
		const limit = deck.limits.fileBytes;
		let first: Result<void, string> = ok(undefined);
		for (const file of files) {
			const added = await this.#add(file, directory, { limit, began });
			if (first.ok) first = added;
		}
		return first;
	};

	async #add(
		file: File,
		directory: string,
		{ limit, began }: { readonly limit: number; readonly began: Beginning },
	): Promise<Result<void, string>> {
		if (file.size > limit)
			return err(
				`${file.name} has ${formatBytes(file.size)}; all files together may have ${formatBytes(limit)}`,
			);
		const path = worldPath(childOf(directory, file.webkitRelativePath || file.name));
		if (!path.ok) return path;
		const content = new Uint8Array(await file.arrayBuffer());
		return this.#surface.deck.isPresent(began)
			? this.write(path.value, content)
			: err(sessionGone(file.name));
	}

	/** Everything as a zip, and what in it is not as it is here. */
	zip = async (): Promise<FilesZip> => {
		const { world, outlet } = this.#surface.deck;
		const { filesZip } = await import('../../core/export/files-zip');
		return filesZip(world.files, outlet);
	};

	#put(files: Result<FileTree, string>): Result<void, string> {
		const { deck } = this.#surface;
		return files.ok ? deck.setWorld({ ...deck.world, files: files.value }) : files;
	}
}
