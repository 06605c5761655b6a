import { joinPath } from '../../path';
import type { WorldView } from '../types';

/** A world for a question that names none: every path is a directory, unless it holds a `*`, and nothing is configured. */
export function assumedWorld(): WorldView {
	return {
		stat: (path) => (path.includes('*') ? 'missing' : 'directory'),
		resolve: (path) => joinPath('/', path),
		variables: [],
	};
}
