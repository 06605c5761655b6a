import { printJson } from '../../core/json';
import { evaluate } from '../../core/policy';
import type { Scenario } from '../../core/scenario';
import { viewOf } from '../../core/world-view';
import type { Deck } from '../../deck/deck';

type Files = NonNullable<NonNullable<Scenario['world']>['files']>;

/** What a sample brings with it. */
export interface SampleFiles {
	readonly name: string;
	readonly files: Files;
}

/**
 * Files that are in the world because a sample was there that is so no more: as that sample has them, in no sample that is loaded, asked for by no
 * call on record, and granted to no component.
 */
export function unneededFiles(
	shared: Scenario,
	samples: readonly SampleFiles[],
	{ components, engine, world, activity }: Pick<Deck, 'components' | 'engine' | 'world' | 'activity'>,
): ReadonlySet<string> {
	const loaded = new Set(components.flatMap(({ source }) => ('sample' in source ? [source.sample] : [])));
	const view = viewOf(world);
	const isFrom = (path: string, content: Files[string], isLoaded: boolean) =>
		samples.some(({ name, files }) => {
			const own = files[path];
			return loaded.has(name) === isLoaded && own !== undefined && text(own) === text(content);
		});
	const isGranted = (path: string) =>
		components.some(
			({ policy }) =>
				evaluate(policy, engine, view, { kind: 'storage', access: 'read', path }).outcome === 'allow',
		);
	const asked = activity.flatMap((entry) => (entry.kind === 'host-call' ? [entry.target] : []));
	return new Set(
		Object.entries(shared.world?.files ?? {}).flatMap(([path, content]) =>
			isFrom(path, content, false) &&
			!isFrom(path, content, true) &&
			!isGranted(path) &&
			!asked.some((target) => path === target || path.startsWith(`${target}/`))
				? [path]
				: [],
		),
	);
}

const text = (content: Files[string]): string => printJson(content);
