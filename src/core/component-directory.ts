import type { FileTree } from './files';

/** How a scenario writes the directory that a release keeps its components in: `COMPDIR/data/a.txt`. */
export const componentDirectoryName = 'COMPDIR';

const place = '/wassette/components';

/** The directory of components of a world, where relative storage rules of a release begin; the root where the world has none. */
export const componentDirectoryOf = (files: FileTree): string =>
	files.get(place)?.kind === 'directory' ? place : '/';

/** The path in the world of what a scenario names: what it keeps in the directory of components, or an absolute path as it is. */
export const placeOf = (written: string): string =>
	written.startsWith(`${componentDirectoryName}/`)
		? place + written.slice(componentDirectoryName.length)
		: written;
