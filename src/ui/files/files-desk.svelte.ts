import { SvelteSet } from 'svelte/reactivity';
import type { FilesZip } from '../../core/export/files-zip';
import type { FileNode, FileTree } from '../../core/files';
import type { Result } from '../../core/result';
import { err, ok } from '../../core/result';
import type { Deck } from '../../deck/deck';
import { formatBytes } from '../base/format';
import { cleanPath, join, parentOf, treeRows, withEntry, withEntryMoved, withoutEntry } from './tree';

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
		if (this.#original) this.#put(this.#original);
	};

	select = (path: string | null) => {
		this.#selected = path;
	};

	toggle = (path: string) => {
		if (!this.#closed.delete(path)) this.#closed.add(path);
	};

	write = (path: string, content: Uint8Array) => {
		this.#put(
			withEntry(this.#surface.deck.world.files, path, {
				kind: 'file',
				content,
				size: content.length,
				modified: Date.now(),
			}),
		);
	};

	/** Makes an empty file, or a directory where the name ends in a slash. */
	create = (typed: string): Result<string, string> => {
		const path = cleanPath(typed.startsWith('/') ? typed : join(this.target, typed));
		if (path === null) return err('Give a name, without “..”');
		if (this.files.has(path)) return err(`${path} is already there`);
		const node: FileNode = typed.endsWith('/')
			? { kind: 'directory', modified: Date.now() }
			: { kind: 'file', content: new Uint8Array(), size: 0, modified: Date.now() };
		this.#put(withEntry(this.#surface.deck.world.files, path, node));
		this.#selected = path;
		return ok(path);
	};

	rename = (from: string, typed: string): Result<string, string> => {
		const to = cleanPath(typed);
		if (to === null) return err('Give an absolute path, without “..”');
		if (to === from) return ok(to);
		if (this.files.has(to)) return err(`${to} is already there`);
		if (to.startsWith(`${from}/`)) return err('A directory cannot move into itself');
		this.#put(withEntryMoved(this.#surface.deck.world.files, from, to));
		this.#selected = to;
		return ok(to);
	};

	remove = (path: string) => {
		this.#put(withoutEntry(this.#surface.deck.world.files, path));
	};

	/** Adds files from the person's disk to a directory. The error names the first that did not fit. */
	upload = async (files: readonly File[], directory = this.target): Promise<Result<void, string>> => {
		const limit = this.#surface.deck.limits.fileBytes;
		for (const file of files) {
			if (file.size > limit)
				return err(
					`${file.name} has ${formatBytes(file.size)}; all files together may have ${formatBytes(limit)}`,
				);
			const path = cleanPath(join(directory, file.webkitRelativePath || file.name));
			if (path !== null) this.write(path, new Uint8Array(await file.arrayBuffer()));
		}
		return ok(undefined);
	};

	/** Everything as a zip, and what in it is not as it is here. */
	zip = async (): Promise<FilesZip> => {
		const { filesZip } = await import('../../core/export/files-zip');
		const { world, outlet } = this.#surface.deck;
		return filesZip(world.files, outlet);
	};

	#put(files: FileTree) {
		const { deck } = this.#surface;
		deck.setWorld({ ...deck.world, files });
	}
}
