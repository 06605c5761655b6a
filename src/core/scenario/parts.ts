import type { Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';
import { printJson } from '../json';
import type { Json } from '../wit/types';
import type { Scenario } from './schema';

/** What can be left out of a scenario when it is shared. Components, their policies and the engine always go with it. */
export type ScenarioPart =
	'words' | 'files' | 'variables' | 'routes' | 'calls' | 'expected' | 'expectations' | 'limits';

/** The same scenario without some of its parts. `words` are title and description, `expected` is what saved calls are held against. */
export function withoutParts(
	scenario: Outgoing<Scenario>,
	left: ReadonlySet<ScenarioPart>,
): Outgoing<Scenario> {
	const { title, description, limits, calls, flows, expectations, world, ...rest } = scenario;
	const { files, variables, routes, ...surroundings } = world ?? {};
	const keep = <T>(part: ScenarioPart, value: T) => (left.has(part) ? undefined : value);
	return seal({
		...rest,
		title: keep('words', title),
		description: keep('words', description),
		limits: keep('limits', limits),
		calls: keep('calls', left.has('expected') ? calls?.map(({ expect: _, ...call }) => call) : calls),
		flows: keep('calls', flows),
		expectations: keep('expectations', expectations),
		world: {
			files: keep('files', files),
			variables: keep('variables', variables),
			routes: keep('routes', routes),
			...surroundings,
		},
	});
}

/** The same scenario without some of its files. */
export function withoutFiles(scenario: Outgoing<Scenario>, paths: ReadonlySet<string>): Outgoing<Scenario> {
	const { files } = scenario.world ?? {};
	if (!files || paths.size === 0) return scenario;
	const kept = Object.entries(files).filter(([path]) => !paths.has(path));
	return seal({
		...scenario,
		world: { ...scenario.world, files: kept.length > 0 ? Object.fromEntries(kept) : undefined },
	});
}

/** How many things a part holds; 0 is a part that makes no difference. */
export function countOfPart(scenario: Scenario, part: ScenarioPart): number {
	const { title, description, calls, world } = scenario;
	switch (part) {
		case 'words':
			return [title, description].filter(Boolean).length;
		case 'files':
			return Object.keys(world?.files ?? {}).length;
		case 'variables':
			return Object.keys(world?.variables ?? {}).length;
		case 'routes':
			return world?.routes?.length ?? 0;
		case 'calls':
			return calls?.length ?? 0;
		case 'expected':
			return calls?.filter(({ expect }) => expect).length ?? 0;
		case 'expectations':
			return scenario.expectations?.length ?? 0;
		case 'limits':
			return Object.keys(scenario.limits ?? {}).length;
	}
}

/** Characters that a part takes in a scenario's text; what a link packs it into is less. */
export function sizeOfPart(scenario: Scenario, part: ScenarioPart): number {
	const { title, description, calls, flows, expectations, limits, world } = scenario;
	const of = (value: unknown) => (value === undefined ? 0 : printJson(value as Json).length);
	switch (part) {
		case 'words':
			return (title ?? '').length + (description ?? '').length;
		case 'files':
		case 'variables':
		case 'routes':
			return of(world?.[part]);
		case 'calls':
			return of(calls?.map(({ expect: _, ...call }) => call)) + of(flows);
		case 'expected':
			return of(calls?.flatMap(({ expect }) => (expect ? [expect] : [])));
		case 'expectations':
			return of(expectations);
		case 'limits':
			return of(limits);
	}
}
