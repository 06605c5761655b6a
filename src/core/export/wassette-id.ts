import { stemOf } from '../stem-of';
import { withoutTrailing } from '../without-trailing';
import type { Scenario } from '../scenario';
import { safeSegment } from './safe-names';

/** A component as an export speaks of it. */
export type ExportedComponent = Pick<Scenario['components'][number], 'id' | 'source' | 'sha256' | 'policy'>;

/**
 * The name of a component's file, without `.wasm`: its id, with everything replaced that some file system or Wassette's own id does not
 * take. Wassette names a component that comes from a file by this name.
 */
export function fileStem(id: string): string {
	const stem = id.replace(/[^\w.-]/g, '_').replace(/^[.-]+/, '_');
	return stem === '' ? 'component' : safeSegment(stem);
}

/** The file stems of components, in their order; one that is taken already gets a number at its end. */
export function fileStems(ids: readonly string[]): readonly string[] {
	const taken = new Set<string>();
	return ids.map((id) => {
		const stem = fileStem(id);
		let name = stem;
		// Case counts too: some file systems do not see it.
		for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}-${n}`;
		taken.add(name.toLowerCase());
		return name;
	});
}

/** Where Wassette loads a component from, and the id that it then has there. */
export interface LoadSource {
	/** `https://…`, `oci://…`, or `file://` and an absolute path. */
	readonly uri: string;
	readonly wassetteId: string;
	/** The file that has to be at the URI first; null where Wassette fetches it itself. */
	readonly file: string | null;
}

/**
 * Where an installed Wassette can load a component from. What has no address of its own is a file in `folder`, an absolute path, as a
 * bundle holds it.
 */
export function loadSource({ source }: ExportedComponent, stem: string, folder: string): LoadSource {
	if ('oci' in source) {
		const uri = source.oci.startsWith('oci://') ? source.oci : `oci://${source.oci}`;
		const [, repository = ''] = /^oci:\/\/[^/]+\/([^:@]+)/.exec(uri) ?? [];
		return { uri, wassetteId: repository.replaceAll('/', '_') || stem, file: null };
	}
	if ('url' in source) {
		return { uri: source.url, wassetteId: stemOf(source.url) || stem, file: null };
	}
	const file = `components/${stem}.wasm`;
	return { uri: `file://${withoutSlash(folder)}/${file}`, wassetteId: stem, file };
}

const withoutSlash = (folder: string) => withoutTrailing(folder, '/');
