/** Bytes in words, such as `812 B`, `1.4 KB`, `3.2 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	const units = ['KB', 'MB', 'GB'];
	let value = bytes / 1000;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit += 1;
	}
	return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Milliseconds in words, such as `0.42 ms`, `12 ms`, `1.2 s`. */
export function formatDuration(ms: number): string {
	if (ms < 1) return `${ms.toFixed(2)} ms`;
	if (ms < 10) return `${ms.toFixed(1)} ms`;
	if (ms < 1000) return `${Math.round(ms)} ms`;
	return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** A count with its noun, such as `1 rule` and `3 rules`. */
export const count = (n: number, noun: string, plural = `${noun}s`): string =>
	`${n.toLocaleString('en')} ${n === 1 ? noun : plural}`;
