import { isList } from '../is-list';
import { isRecord } from '../is-record';
import { most } from '../limits';
import { err, ok, type Result } from '../result';
import { purlOf, type Material } from './materials';
import { shortText } from './short-text';

/**
 * Reads the list that cargo-auditable leaves in a program: JSON with `packages`, each with `name`, `version`, `source`, and, where they apply,
 * `kind: "build"`, `dependencies` (places in the list) and `root`. The error is a sentence about the list.
 */
export function readDepList(text: string): Result<readonly Material[], string> {
	const packages = packagesIn(text);
	if (!packages) return err('The list of packages is not the JSON that cargo-auditable writes.');
	if (packages.length > most.materials)
		return err(
			`The list names ${packages.length.toLocaleString('en')} packages; at most ${most.materials.toLocaleString('en')} are read.`,
		);
	const materials = packages.map((item) => materialOf(item, packages.length));
	if (!materials.every((item) => item !== null))
		return err('A package in the list has no name, so the list is not used.');
	return ok(materials);
}

function packagesIn(text: string): readonly unknown[] | null {
	try {
		const list: unknown = JSON.parse(text);
		return isRecord(list) && isList(list['packages']) ? list['packages'] : null;
	} catch {
		return null;
	}
}

function materialOf(item: unknown, count: number): Material | null {
	if (!isRecord(item)) return null;
	const name = shortText(item['name']);
	if (!name) return null;
	const version = shortText(item['version']);
	const source = shortText(item['source']);
	const dependencies = isList(item['dependencies']) ? item['dependencies'] : [];
	return {
		...{ name, version, source, license: null },
		isBuildOnly: item['kind'] === 'build',
		isRoot: item['root'] === true,
		purl: purlOf(name, version, source),
		dependencies: dependencies
			.filter((at): at is number => Number.isInteger(at) && (at as number) >= 0 && (at as number) < count)
			.slice(0, count),
	};
}
