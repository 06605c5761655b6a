import type { Limits } from '../../core/call';
import { most } from '../../core/limits';

/** A limit as its field shows it: in units that people use. */
export interface LimitField {
	readonly key: keyof Limits;
	readonly label: string;
	readonly unit: string;
	/** What one of the unit is in the limit's own. */
	readonly factor: number;
	/** The most that a person may set it to, in the unit. */
	readonly most: number;
}

const mebibyte = 2 ** 20;

/** The limits of a call that can be changed, in the order in which they are met. */
export const limitFields: readonly LimitField[] = [
	{ key: 'callMs', label: 'Deadline', unit: 's', factor: 1000, most: most.callMs / 1000 },
	{ key: 'memoryBytes', label: 'Memory', unit: 'MiB', factor: mebibyte, most: most.memoryBytes / mebibyte },
	{ key: 'fileBytes', label: 'Files', unit: 'MiB', factor: mebibyte, most: most.fileBytes / mebibyte },
	{ key: 'outputBytes', label: 'Output', unit: 'KiB', factor: 1024, most: most.outputBytes / 1024 },
	{ key: 'requests', label: 'Requests', unit: '', factor: 1, most: most.requests },
	{
		key: 'responseBytes',
		label: 'Responses',
		unit: 'MiB',
		factor: mebibyte,
		most: most.responseBytes / mebibyte,
	},
];

/** The limit that a typed number stands for; null where it is none that may be set. */
export function limitOf({ factor, most }: LimitField, typed: number): number | null {
	if (!Number.isFinite(typed) || typed <= 0 || typed > most) return null;
	return Math.max(1, Math.round(typed * factor));
}

/** A limit in its field's unit, without more digits than it needs. */
export const shownLimit = ({ key, factor }: LimitField, limits: Limits): string =>
	String(Number((limits[key] / factor).toFixed(3)));
