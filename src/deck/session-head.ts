import { isRecord } from '../core/is-record';
import type { Scenario } from '../core/scenario';

/** What a list of sessions shows of one, for which nothing else of it is read. */
export interface SessionHead {
	readonly id: string;
	/** As a person named it; null for one that nobody named. */
	readonly name: string | null;
	/** Milliseconds since the epoch. */
	readonly savedAt: number;
	/** It only shows a sample that nobody changed. */
	readonly provisional?: boolean;
	/** The title of its scenario. */
	readonly title?: string;
	/** The ids of its components. */
	readonly components: readonly string[];
}

/** A head with what its session holds elsewhere in the database. */
export interface StoredHead extends SessionHead {
	readonly digests: readonly string[];
	readonly contents: readonly (readonly [path: string, key: string])[];
}

/** The head of a session whose large contents are kept under those keys. */
export function headOf(
	session: Omit<SessionHead, 'title' | 'components'> & { readonly scenario: Scenario },
	contents: StoredHead['contents'] = [],
): StoredHead {
	const { id, name, savedAt, provisional, scenario } = session;
	return {
		id,
		name,
		savedAt,
		...(provisional && { provisional }),
		...(scenario.title !== undefined && { title: scenario.title }),
		components: scenario.components.map((component) => component.id),
		digests: scenario.components.flatMap(({ sha256 }) => sha256 ?? []),
		contents,
	};
}

/** Keys under which the database has what a session holds. */
export const namesOf = ({ digests, contents }: StoredHead): readonly string[] => [
	...digests,
	...contents.map(([, key]) => key),
];

/** A head out of a record that some version of this page wrote, or a whole session of version 1 of the database; null for anything else. */
export function readHead(record: unknown): StoredHead | null {
	if (!isRecord(record) || typeof record['id'] !== 'string') return null;
	const { id, name, savedAt, provisional } = record;
	const scenario = isRecord(record['scenario']) ? record['scenario'] : null;
	const described = scenario ? listOf(scenario['components']).filter((one) => isRecord(one)) : null;
	const title = scenario ? scenario['title'] : record['title'];
	const components = described ? described.map((component) => component['id']) : listOf(record['components']);
	const digests = described ? described.map(({ sha256 }) => sha256) : listOf(record['digests']);
	return {
		id,
		name: typeof name === 'string' ? name : null,
		savedAt: typeof savedAt === 'number' ? savedAt : 0,
		...(provisional === true && { provisional }),
		...(typeof title === 'string' && { title }),
		components: components.filter(isText),
		digests: digests.filter(isText),
		contents: listOf(record['contents']).filter(isPair),
	};
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isPair = (value: unknown): value is readonly [string, string] =>
	Array.isArray(value) && value.length === 2 && value.every(isText);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
