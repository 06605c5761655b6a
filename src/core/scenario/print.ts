import { printJson } from '../json';
import type { Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';
import type { Json } from '../wit/types';
import type { Scenario } from './schema';

/** Every field that has an order of its own, in that order; keys that are a person's own (paths, names) keep theirs. */
const order = [
	...[
		'version',
		'title',
		'description',
		'engine',
		'components',
		'world',
		'limits',
		'calls',
		'flows',
		'expectations',
	],
	...[
		'id',
		'source',
		'sha256',
		'policy',
		'standIns',
		'links',
		'signer',
		'signatures',
		'manifest',
		'files',
		'variables',
		'routes',
		'network',
		'clock',
		'random',
		'arguments',
		'decoyRoot',
	],
];

/** Fields that hold a person's own keys, left as they are. */
const free = new Set(['files', 'variables', 'arguments', 'take', 'links']);

/**
 * The canonical JSON text of a scenario: fields in a fixed order, and nothing that says the default. Two scenarios that mean the same
 * and were made the same way print the same.
 */
export function printScenario(scenario: Scenario, indent?: number): string {
	return printJson(ordered(withoutDefaults(scenario)), indent);
}

/** The text of a scenario file. */
export const scenarioFile = (scenario: Outgoing<Scenario>): Outgoing<string> =>
	seal(`${printScenario(scenario, 2)}\n`);

function withoutDefaults(scenario: Scenario): Scenario {
	const { world, ...rest } = scenario;
	const kept = Object.fromEntries(
		Object.entries(world ?? {}).filter(([key, value]) => !isDefault(key, value)),
	) as Scenario['world'];
	const slim = Object.fromEntries(
		Object.entries(rest).filter(
			([key, value]) => value !== undefined && (key === 'components' || !isEmpty(value)),
		),
	) as Omit<Scenario, 'world'>;
	return isEmpty(kept) ? slim : { ...slim, world: kept };
}

const isEmpty = (value: unknown) =>
	value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const isDefault = (key: string, value: unknown) =>
	value === undefined || isEmpty(value) || value === 'live' || (key === 'decoyRoot' && value === true);

function ordered(value: Json): Json {
	if (Array.isArray(value)) return value.map(ordered);
	if (typeof value !== 'object' || value === null) return value;
	const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, field]) => field !== undefined)
			.sort(([a], [b]) => rank(a) - rank(b))
			.map(([key, field]) => [key, free.has(key) ? field : ordered(field)]),
	);
}
