import { componentDirectoryOf } from './component-directory';
import type { FileTree } from './files';
import type { WorldView } from './policy/types';
import type { World } from './world';

const maxLinks = 40;

/** A world's answers to what compiling a policy asks. */
export function viewOf(world: Pick<World, 'files' | 'variables'>): WorldView {
	return {
		stat(path) {
			const kind = world.files.get(resolveLinks(world.files, path))?.kind;
			return kind === 'file' || kind === 'directory' ? kind : 'missing';
		},
		components: componentDirectoryOf(world.files),
		resolve: (path) => resolveLinks(world.files, path),
		variables: [...world.variables].map(([key, { secret }]) => ({ key, secret })),
	};
}

/** The path with `.`, `..` and symbolic links resolved, as far as the tree has it; a loop stops where it is found. */
export function resolveLinks(files: FileTree, path: string): string {
	const todo = path.split('/').reverse();
	const done: string[] = [];
	let links = 0;
	while (todo.length > 0) {
		const name = todo.pop();
		if (!name || name === '.') continue;
		if (name === '..') {
			done.pop();
			continue;
		}
		const here = `/${[...done, name].join('/')}`;
		const node = files.get(here);
		if (node?.kind !== 'symlink' || ++links > maxLinks) {
			done.push(name);
			continue;
		}
		if (node.target.startsWith('/')) done.length = 0;
		todo.push(...node.target.split('/').reverse());
	}
	return `/${done.join('/')}`;
}
