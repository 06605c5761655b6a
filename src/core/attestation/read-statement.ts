import { isRecord } from '../is-record';
import type { Material } from '../materials/materials';
import { readAttested } from '../materials/read-attested';
import { shortText } from '../materials/short-text';

/** What a signed statement (in-toto) says, in words for people. Absent things are left out. */
export interface SaidStatement {
	/** What it is about, such as `How it was built (SLSA provenance)`. */
	readonly title: string;
	/** A label and what stands there. */
	readonly rows: readonly (readonly [label: string, text: string])[];
	/** What it lists as materials; null where it is no list. */
	readonly materials: readonly Material[] | null;
	/** Why what it lists could not be read; null where it could. */
	readonly problem: string | null;
}

/** Reads what a statement of a type says: SLSA's provenance of version 0.2 and 1, and lists of materials. Any other is named by its type. */
export function readStatement(predicateType: string, predicate: unknown): SaidStatement {
	if (/^https:\/\/slsa\.dev\/provenance\/v(?:0\.2|1(?:\.\d+)?)$/.test(predicateType))
		return {
			...{ title: 'How it was built (SLSA provenance)', materials: null, problem: null },
			rows: provenanceRows(predicate),
		};
	if (/^https:\/\/(?:cyclonedx\.org\/bom|spdx\.dev\/Document)(?:\/|$)/.test(predicateType)) {
		const list = readAttested(predicate);
		return list.ok
			? {
					title: `What is in it (${list.value.format})`,
					rows: [],
					materials: list.value.materials,
					problem: null,
				}
			: { title: 'What is in it', rows: [], materials: [], problem: list.error };
	}
	return {
		...{ title: 'A statement of another kind', materials: null, problem: null },
		rows: [['Kind', shortText(predicateType) ?? 'not said']],
	};
}

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
	path.reduce<unknown>(
		(inner, key) => (isRecord(inner) || Array.isArray(inner) ? (inner as never)[key] : undefined),
		value,
	);

/** Where version 1 has each fact, then where version 0.2 has it; the first that is there is shown. */
const provenanceFacts: readonly (readonly [
	label: string,
	...paths: readonly (readonly (string | number)[])[],
])[] = [
	['Built by', ['runDetails', 'builder', 'id'], ['builder', 'id']],
	[
		'Source',
		['buildDefinition', 'externalParameters', 'workflow', 'repository'],
		['buildDefinition', 'resolvedDependencies', 0, 'uri'],
		['invocation', 'configSource', 'uri'],
	],
	[
		'Revision',
		['buildDefinition', 'resolvedDependencies', 0, 'digest', 'gitCommit'],
		['buildDefinition', 'resolvedDependencies', 0, 'digest', 'sha1'],
		['invocation', 'configSource', 'digest', 'sha1'],
	],
	['Branch or tag', ['buildDefinition', 'externalParameters', 'workflow', 'ref']],
	[
		'Workflow',
		['buildDefinition', 'externalParameters', 'workflow', 'path'],
		['invocation', 'configSource', 'entryPoint'],
	],
	['Run', ['runDetails', 'metadata', 'invocationId'], ['metadata', 'buildInvocationId']],
	['Kind of build', ['buildDefinition', 'buildType'], ['buildType']],
];

const provenanceRows = (predicate: unknown): readonly (readonly [string, string])[] =>
	provenanceFacts.flatMap(([label, ...paths]) => {
		const [text] = paths.flatMap((path) => shortText(at(predicate, ...path)) ?? []);
		return text === undefined ? [] : [[label, text] as const];
	});
