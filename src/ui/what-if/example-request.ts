import type { FileTree } from '../../core/files';

/** A request worth asking about first: a file of the world, where it has one. */
export function exampleRequest(files: FileTree): string {
	for (const [path, { kind }] of files)
		if (kind === 'file' && /^[\x21-\x7e]+$/.test(path)) return `read ${path}`;
	return 'GET https://api.example.com/';
}
