import type { FileNode, FileTree } from '../../core/files';
import { exceedsBytes, maxNameBytes } from '../../core/path';
import { err, ok, type Result } from '../../core/result';

const maxLinks = 40;

/** What a system says of a path that cannot be walked, as Rust prints it. */
const systemErrors = {
	notDirectory: 'Not a directory (os error 20)',
	nameTooLong: 'File name too long (os error 36)',
	loop: 'Too many levels of symbolic links (os error 40)',
} as const;

/** A component's bytes in a file of the world, and the id that it gets. */
export interface ComponentFile {
	readonly id: string;
	readonly bytes: Uint8Array;
}

/** Reads the file behind `file://` from the world. The error is Wassette's words, the outermost first. */
export function readComponentFile(files: FileTree, path: string): Result<ComponentFile, readonly string[]> {
	if (!path.startsWith('/'))
		return err([
			'Component path must be fully qualified. Please provide an absolute path to the WebAssembly component file.',
		]);
	if (path.includes('\0')) return err(['file name contained an unexpected NUL byte']);
	const node = walk(files, path);
	if (typeof node === 'string') return err([systemErrors[node]]);
	if (!node)
		return err([
			`Component path does not exist: ${path}. Please provide a valid path to a WebAssembly component file.`,
		]);
	const name = nameOf(path);
	if (!name.endsWith('.wasm') || name === '.wasm')
		return err([`Invalid file extension for component: ${path}. Component file must have .wasm extension.`]);
	if (node.kind !== 'file' || !node.content)
		return err([
			'Failed to copy component to destination: COMPDIR',
			'the source path is neither a regular file nor a symlink to a regular file',
		]);
	return ok({ id: name.slice(0, -'.wasm'.length), bytes: node.content });
}

/** The last part of a path, without the slashes and dots behind it. */
const nameOf = (path: string): string =>
	path
		.split('/')
		.filter((part) => part !== '' && part !== '.')
		.at(-1) ?? '';

/** What is at a path, through links; undefined where nothing is. */
function walk(files: FileTree, path: string): FileNode | undefined | keyof typeof systemErrors {
	// The root itself has no name, and what ends in a slash or a dot has to be a directory.
	const todo = path.split('/').reverse();
	let here: string[] = [];
	let node = files.get('/');
	let links = 0;
	for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
		if (node?.kind === 'file') return 'notDirectory';
		if (!name || name === '.') continue;
		if (exceedsBytes(name, maxNameBytes)) return 'nameTooLong';
		if (name === '..') here.pop();
		else here.push(name);
		node = files.get(`/${here.join('/')}`);
		if (!node) return undefined;
		if (node.kind !== 'symlink') continue;
		if (++links > maxLinks) return 'loop';
		todo.push(...node.target.split('/').reverse());
		here = node.target.startsWith('/') ? [] : here.slice(0, -1);
		node = files.get(`/${here.join('/')}`);
	}
	return node;
}
