import { itemAt } from '../item-at';
import { err, ok, type Result } from '../result';
import type { EngineTraits } from './engine-traits';
import type { EngineId } from './types';

export type { EngineTraits } from './engine-traits';

/** The rules that decisions are made by. */
export interface Engine {
	readonly id: EngineId;
	readonly label: string;
	/** What changed with it, in one sentence. */
	readonly summary: string;
	readonly traits: EngineTraits;
}

/**
 * 0.2.0, 0.4.0, 0.5.0 and 0.8.0 were measured: what their binaries answered is held in `recordings/`. What a release between them or
 * after them changed is read from Wassette's sources, its release notes and its issues.
 */
const first: EngineTraits = {
	rules: 'release',
	memoryLimit: false,
	writeOnly: true,
	movesBetweenRights: true,
	unattachedGetsVariables: true,
	secretsBypassPolicy: false,
	attachesBundledPolicy: true,
	brokenPolicy: 'no-policy',
	config: ['0.2.0-draft'],
	refusesMissing: true,
	exactArguments: true,
	structured: false,
	sortedKeys: true,
	exponents: 'bare',
	describesTools: false,
	revokes: false,
	resetRemovesPolicy: true,
	grantsWithoutAccess: false,
	denialText: 'never',
	causes: false,
	prompts: false,
	serverLibrary: '0.9.1',
};

const changes: readonly (readonly [id: string, summary: string, change: Partial<EngineTraits>])[] = [
	['0.2.0', 'The first public release.', {}],
	[
		'0.3.0',
		'Memory limits are enforced; permissions can be revoked and reset; secrets appear, and reach the component whatever its policy lists.',
		// `secretsBypassPolicy` comes with the secret store: merged into the variables without a look at `environment.allow`.
		{
			memoryLimit: true,
			secretsBypassPolicy: true,
			structured: true,
			revokes: true,
			exponents: 'plus',
			describesTools: true,
			grantsWithoutAccess: true,
		},
	],
	[
		'0.4.0',
		'A denied request is explained when it makes the tool fail, at times for a later failure too; prompts are offered.',
		{ denialText: 'any-denial', prompts: true },
	],
	[
		'0.5.0',
		'A file no longer moves between two granted directories of which only one can be read.',
		{ movesBetweenRights: false },
	],
	[
		'0.6.0',
		'An allowed request clears an earlier denial, so that it is no longer blamed for later failures.',
		{ denialText: 'last-denial' },
	],
	[
		'0.7.0',
		'Permissions in a headless manifest are attached; errors show their causes; wasi:config is 0.2.0-rc.1 and no longer the draft.',
		{ causes: true, config: ['0.2.0-rc.1'] },
	],
	['0.7.1', 'A way out of a granted directory through trailing slashes is closed.', {}],
	[
		'0.8.0',
		'Decides as 0.7.1 does; objects in results keep the order of their fields.',
		{ sortedKeys: false, serverLibrary: '3.5.0' },
	],
	[
		'0.8.1',
		'Known from its sources only: a component with no policy gets no variables; a policy bundled with a component is not attached by itself; write-only storage is gone, so write includes read. All else is taken from what 0.8.0 was measured to do.',
		// The runtime it is built on has only read-only and read-write directories.
		{
			unattachedGetsVariables: false,
			secretsBypassPolicy: false,
			attachesBundledPolicy: false,
			writeOnly: false,
		},
	],
];

const releases: readonly Engine[] = changes.map(([id, summary], index) => ({
	id,
	label: `Wassette ${id}`,
	summary,
	traits: changes.slice(0, index + 1).reduce((traits, [, , change]) => ({ ...traits, ...change }), first),
}));

/** The newest release known here, and the default. */
export const newestRelease: EngineId = '0.8.1';

const documented: Engine = {
	id: 'documented',
	label: 'As documented',
	summary: "What Wassette's documentation promises: deny lists, wildcards, ports, ranges and globs all work.",
	traits: {
		...itemAt(releases, -1).traits,
		rules: 'documented',
		writeOnly: true,
		brokenPolicy: 'nothing',
		config: ['0.2.0-draft', '0.2.0-rc.1'],
		refusesMissing: false,
		exactArguments: false,
		resetRemovesPolicy: false,
		grantsWithoutAccess: false,
		serverLibrary: null,
	},
};

/** Every engine: the releases from old to new, then `documented`. */
export const engines: readonly Engine[] = [...releases, documented];

/** The ids of the engines that read rules as the releases do. */
export const releaseIds: readonly EngineId[] = releases.map((engine) => engine.id);

/** Finds an engine by id. A release that is not in the table decides as the newest one in it that is not newer. */
export function resolveEngine(id: string): Result<Engine, string> {
	const exact = engines.find((engine) => engine.id === id);
	if (exact) return ok(exact);
	const asked = parseVersion(id);
	if (!asked)
		return err(`Unknown engine: ${id}. Name a Wassette release such as ${newestRelease}, or "documented".`);
	const older = releases.findLast(({ id: known }) => {
		const version = parseVersion(known);
		return version && compareVersions(version, asked) <= 0;
	});
	return older
		? ok(older)
		: err(`Unknown engine: ${id}. The oldest release known here is ${itemAt(releases, 0).id}.`);
}

/** The traits of an engine; those of the newest release where there is no such engine. */
export function traitsOf(id: EngineId): EngineTraits {
	const engine = resolveEngine(id);
	return engine.ok ? engine.value.traits : itemAt(releases, -1).traits;
}

type Version = readonly [number, number, number];

function parseVersion(text: string): Version | null {
	const match = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text);
	return match && [Number(match[1]), Number(match[2]), Number(match[3])];
}

function compareVersions(a: Version, b: Version): number {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
