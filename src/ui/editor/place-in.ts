import type { EditorPlace } from './types';

/** The place of an offset in a text whose lines end with a line feed, as a text area's do. */
export function placeIn(text: string, offset: number): EditorPlace {
	const before = text.slice(0, offset);
	return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
