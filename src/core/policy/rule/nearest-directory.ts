import { parentOf } from '../../path';
import type { WorldView } from '../types';

/** The directory of a world at a path, or the nearest one above it. */
export function nearestDirectory(path: string, world: Pick<WorldView, 'stat'>): string {
	let directory = path;
	while (directory !== '/' && world.stat(directory) !== 'directory') directory = parentOf(directory);
	return directory;
}
