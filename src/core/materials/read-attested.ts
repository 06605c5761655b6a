import { isList } from '../is-list';
import { isRecord } from '../is-record';
import { most } from '../limits';
import { err, ok, type Result } from '../result';
import type { Material } from './materials';
import { shortText } from './short-text';

/** What kinds of lists that come beside a component are read. */
export type AttestedFormat = 'CycloneDX' | 'SPDX';

/** A list that came beside the component. */
export interface AttestedMaterials {
	readonly format: AttestedFormat;
	readonly materials: readonly Material[];
}

/** Reads a CycloneDX (1.x) or SPDX (2.x) document as it was parsed from JSON. The error is a sentence. */
export function readAttested(document: unknown): Result<AttestedMaterials, string> {
	if (!isRecord(document)) return err('The list of materials is no JSON object.');
	if (document['bomFormat'] === 'CycloneDX') return listed('CycloneDX', document['components'], cycloneItem);
	if (typeof document['spdxVersion'] === 'string') return listed('SPDX', document['packages'], spdxItem);
	return err('The list of materials is neither CycloneDX nor SPDX 2 as JSON.');
}

function listed(
	format: AttestedFormat,
	items: unknown,
	read: (item: Readonly<Record<string, unknown>>) => Material | null,
): Result<AttestedMaterials, string> {
	const list: readonly unknown[] = Array.isArray(items) ? items : [];
	if (list.length > most.materials)
		return err(
			`The ${format} list names ${list.length.toLocaleString('en')} packages; at most ${most.materials.toLocaleString('en')} are read.`,
		);
	return ok({ format, materials: list.filter(isRecord).flatMap((item) => read(item) ?? []) });
}

const bare = { isRoot: false, isBuildOnly: false, source: null, dependencies: [] } as const;

function cycloneItem(item: Readonly<Record<string, unknown>>): Material | null {
	const name = shortText(item['name']);
	if (name === null) return null;
	const licenses = isList(item['licenses']) ? item['licenses'].filter(isRecord) : [];
	const names = licenses.flatMap((each) => {
		const license = isRecord(each['license']) ? each['license'] : {};
		return shortText(each['expression']) ?? shortText(license['id']) ?? shortText(license['name']) ?? [];
	});
	return {
		...bare,
		name,
		version: shortText(item['version']),
		license: names.length > 0 ? names.join(' AND ') : null,
		isBuildOnly: item['scope'] === 'excluded',
		purl: shortText(item['purl']),
	};
}

function spdxItem(item: Readonly<Record<string, unknown>>): Material | null {
	const name = shortText(item['name']);
	if (name === null) return null;
	const said = [item['licenseConcluded'], item['licenseDeclared']].map(shortText);
	const references = isList(item['externalRefs']) ? item['externalRefs'].filter(isRecord) : [];
	const purl = references.find((each) => each['referenceType'] === 'purl');
	return {
		...bare,
		name,
		version: shortText(item['versionInfo']),
		license: said.find((each) => each !== null && each !== 'NOASSERTION' && each !== 'NONE') ?? null,
		purl: shortText(purl?.['referenceLocator']),
	};
}
