import type { EngineId } from '../core/policy/types';

/** How a Wassette release answers over MCP, where releases differ. */
export interface ReleaseManners {
	/** Results carry structured content, and output schemas are wrapped in an object. */
	readonly structured: boolean;
	/** Revoke, reset and search are among the built-in tools. */
	readonly revokes: boolean;
	/**
	 * When a trap is reported as a denied network request: `never`; `any-denial` where some request of the call was denied;
	 * `last-denial` where the last one was.
	 */
	readonly denialText: 'never' | 'any-denial' | 'last-denial';
	/** Errors carry their causes, not only their outermost message. */
	readonly causes: boolean;
}

const table: readonly { readonly since: string; readonly manners: Partial<ReleaseManners> }[] = [
	{
		since: '0.2.0',
		manners: { structured: false, revokes: false, denialText: 'never', causes: false },
	},
	{ since: '0.3.0', manners: { structured: true, revokes: true } },
	{ since: '0.4.0', manners: { denialText: 'any-denial' } },
	{ since: '0.6.0', manners: { denialText: 'last-denial' } },
	{ since: '0.7.0', manners: { causes: true } },
];

const newest: ReleaseManners = { structured: true, revokes: true, denialText: 'last-denial', causes: true };

/** The manners of a release; `documented`, and whatever is no release number, answers as the newest one. */
export function mannersOf(engine: EngineId): ReleaseManners {
	const version = parseVersion(engine);
	if (version === null) return newest;
	let manners = { ...newest, ...table[0]!.manners };
	for (const row of table)
		if (compare(parseVersion(row.since)!, version) <= 0) manners = { ...manners, ...row.manners };
	return manners;
}

type Version = readonly [number, number, number];

function parseVersion(text: string): Version | null {
	const match = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text);
	return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

function compare(a: Version, b: Version): number {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
