import { monaco } from './monaco';
import type { Decoration, Marker } from './types';

/** A marker as Monaco takes it. */
export const markerData = (marker: Marker): monaco.editor.IMarkerData => ({
	severity: marker.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
	message: marker.message,
	startLineNumber: marker.line,
	startColumn: marker.column,
	endLineNumber: marker.endLine,
	endColumn: marker.endColumn,
});

/** A mark beside a line, as Monaco takes it. */
export const lineMark = ({ line, kind, hover }: Decoration): monaco.editor.IModelDeltaDecoration => ({
	range: new monaco.Range(line, 1, line, 1),
	options: {
		isWholeLine: true,
		className: kind === 'deciding' ? 'tapedeck-deciding-line' : undefined,
		linesDecorationsClassName: `tapedeck-mark tapedeck-${kind}`,
		linesDecorationsTooltip: hover,
	},
});
