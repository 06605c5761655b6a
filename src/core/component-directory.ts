import type { WorldView } from './policy/types';

/** How a scenario writes the directory that a release keeps its components in: `COMPDIR/data/a.txt`. */
export const componentDirectoryName = 'COMPDIR';

/** Where that directory is in a world that has one. */
const place = `/${componentDirectoryName}`;

/** The directory that relative storage rules of a release start from: the one of its components, or the root where the world has none. */
export const componentDirectory = (world: Pick<WorldView, 'stat'>): string =>
	world.stat(place) === 'directory' ? place : '/';

/** The path in the world of what a scenario names: what it keeps in the directory of components, or an absolute path as it is. */
export const placeOf = (written: string): string =>
	written.startsWith(`${componentDirectoryName}/`) ? `/${written}` : written;
