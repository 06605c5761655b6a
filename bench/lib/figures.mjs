export function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How far the middle half of the values reaches, as a part of the median. */
export function spread(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const at = (part) => sorted[Math.round(part * (sorted.length - 1))];
	return (at(0.75) - at(0.25)) / median(values);
}

export const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
export const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
