/** Longest text of one field that is taken from a list of materials, in UTF-16 units. */
const longest = 1024;

/** A text that is not empty, cut to a sensible length; null for anything else. */
export const shortText = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value.slice(0, longest) : null;
