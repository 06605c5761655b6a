import type { BuildProblem } from '../../author/problem';
import type { Marker } from '../editor/types';

/** What a build says of one of its texts, as its editor marks it. */
export const problemMarkers = (
	problems: readonly BuildProblem[],
	where: BuildProblem['in'],
): readonly Marker[] =>
	problems.flatMap(({ in: place, message, line, column = 1, endColumn }) =>
		place === where && line !== undefined
			? [{ severity: 'error', message, line, column, endLine: line, endColumn: endColumn ?? column + 1 }]
			: [],
	);
