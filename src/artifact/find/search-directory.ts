import { isList } from '../../core/is-list';
import { directoryOrigin, printOciReference } from '../../core/address';
import { ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';
import type { PullOptions } from '../oci/pull';
import { askJson, textIn } from './ask-json';

/** A package that the directory knows. */
export interface DirectoryPackage {
	readonly registry: string;
	readonly repository: string;
	/** `interface` for packages of interfaces, which nobody can run; null where it is not said. */
	readonly kind: string | null;
	readonly description: string;
	/** `namespace:name`; null where it has none. */
	readonly wit: string | null;
	readonly tags: readonly string[];
}

/** How many packages are asked for at once. */
const pageSize = 20;

/** What one question found, components alone. */
export interface DirectoryPage {
	readonly packages: readonly DirectoryPackage[];
	/** There may be more than were asked for. */
	readonly more: boolean;
}

/** Asks wasm.directory for components. The words of the question go to it. */
export async function searchDirectory(
	query: string,
	options: Pick<PullOptions, 'ask' | 'signal'>,
): Promise<Result<DirectoryPage, FetchProblem>> {
	const url = `${directoryOrigin}/v1/search?q=${encodeURIComponent(query)}&offset=0&limit=${pageSize}`;
	const listed = await askJson(url, `package like ${query}`, options);
	if (!listed.ok) return listed;
	const packages = packagesIn(listed.value);
	return ok({
		packages: packages.filter(({ kind }) => kind !== 'interface'),
		more: Array.isArray(listed.value) && listed.value.length >= pageSize,
	});
}

/** The packages in an answer of the directory; what names no registry and repository is left out. */
export function packagesIn(value: unknown): readonly DirectoryPackage[] {
	return (isList(value) ? value : []).flatMap((item) => {
		const [registry, repository] = [textIn(item, 'registry'), textIn(item, 'repository')];
		if (registry === null || repository === null) return [];
		const [namespace, name] = [textIn(item, 'wit_namespace'), textIn(item, 'wit_name')];
		const tags: unknown = typeof item === 'object' && item !== null && 'tags' in item ? item.tags : null;
		return [
			{
				...{ registry, repository, kind: textIn(item, 'kind') },
				description: textIn(item, 'description') ?? '',
				wit: namespace === null || name === null ? null : `${namespace}:${name}`,
				tags: (isList(tags) ? tags : []).filter((tag) => typeof tag === 'string'),
			},
		];
	});
}

/** What names a package in the field: by its newest tag, where one is known. */
export function addressOfPackage({ registry, repository, tags }: DirectoryPackage): string {
	const tag = tags.find((one) => /^v?\d/.test(one)) ?? tags[0] ?? null;
	return `oci://${printOciReference({ registry, repository, tag, digest: null })}`;
}
