import { parseJson } from '../json';
import { err, ok, type Result } from '../result';
import { most } from '../limits';
import { keptSchema, scenarioSchema, type Scenario } from './schema';

type Migration = (older: Record<string, unknown>) => Record<string, unknown>;

/** From each version that once was to the next. A version stays here for ever, so that old links open. */
const migrations: ReadonlyMap<number, Migration> = new Map();

const newest = 1;

/**
 * A scenario from JSON text or from an object, brought to the newest version. The error is one sentence that names the place. An
 * object is read as data: nothing of it is called, and its prototype does not matter.
 */
export function parseScenario(input: string | object): Result<Scenario, string> {
	let value: unknown = input;
	if (typeof input === 'string') {
		if (input.length > most.scenarioText)
			return err('This scenario is larger than 4 MiB, which is more than a page should open.');
		const parsed = parseJson(input, { length: most.scenarioText });
		if (!parsed.ok)
			return err(`This is not a scenario: its JSON does not parse (${messageOf(parsed.error)}).`);
		value = parsed.value;
	}
	return read(value, scenarioSchema);
}

/**
 * A session that this browser kept, or what is about to be kept: the same document, without the bounds that protect from strangers'
 * ones, so that whatever a person made opens again. The error is one sentence that names the place.
 */
export const parseKept = (input: unknown): Result<Scenario, string> => read(input, keptSchema);

function read(value: unknown, schema: typeof scenarioSchema | typeof keptSchema): Result<Scenario, string> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return err('This is not a scenario: it is not a JSON object.');
	}

	let document = value as Record<string, unknown>;
	const { version } = document;
	if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
		return err('This is not a scenario: it has no version number.');
	}
	if (version > newest) {
		return err(
			`This scenario has version ${version}; this page reads up to version ${newest}. A newer Tapedeck opens it.`,
		);
	}
	for (let at = version; at < newest; at++) document = migrations.get(at)?.(document) ?? document;

	const checked = schema.safeParse(document);
	if (checked.success) return checkTogether(checked.data);
	const [issue] = checked.error.issues;
	// Of a name, it is told what it should be.
	const { message } = (issue?.code === 'invalid_key' ? issue.issues[0] : issue) ?? {};
	return err(
		`This scenario is wrong at ${placeOf(issue?.path ?? [])}: ${message ?? 'it does not fit the schema'}.`,
	);
}

/** What no field can say alone. */
function checkTogether(scenario: Scenario): Result<Scenario, string> {
	const ids = scenario.components.map(({ id }) => id);
	const twice = ids.find((id, index) => ids.indexOf(id) !== index);
	return twice === undefined
		? ok(scenario)
		: err(`This scenario names the component ${JSON.stringify(twice)} twice.`);
}

const messageOf = (error: unknown) =>
	typeof error === 'string' ? error : ((error as { message?: string }).message ?? 'not JSON');

const placeOf = (path: readonly PropertyKey[]) =>
	path.reduce<string>(
		(place, key) =>
			typeof key === 'number' ? `${place}[${key}]` : place ? `${place}.${String(key)}` : String(key),
		'',
	) || 'its top level';
