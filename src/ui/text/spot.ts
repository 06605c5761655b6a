/** Parts of the page that a text can point at. */
export const spots = [
	'call',
	'result',
	'policy',
	'files',
	'variables',
	'network',
	'settings',
	'activity',
	'messages',
	'steps',
	'problems',
	'what-if',
] as const;

/** A part of the page that a text points at, such as a line of the policy. */
export interface Spot {
	readonly pane: (typeof spots)[number];
	/** From 1; only the policy has lines to point at. */
	readonly line?: number;
}

/** Reads what a link of a text points at, such as `#activity` or `#policy:8`; null where it is no part of the page. */
export function readSpot(target: string): Spot | null {
	const match = /^#([a-z-]+)(?::(\d{1,6}))?$/.exec(target);
	const pane = spots.find((spot) => spot === match?.[1]);
	if (!pane) return null;
	const line = Number(match?.[2]);
	return line > 0 && pane === 'policy' ? { pane, line } : { pane };
}
