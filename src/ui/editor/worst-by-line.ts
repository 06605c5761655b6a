import type { Marker } from './types';

/** The worst that markers say of each line they begin on. */
export function worstByLine(markers: readonly Marker[]): ReadonlyMap<number, Marker['severity']> {
	const worst = new Map<number, Marker['severity']>();
	for (const { line, severity } of markers) if (worst.get(line) !== 'error') worst.set(line, severity);
	return worst;
}
