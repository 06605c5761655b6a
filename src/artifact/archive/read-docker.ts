import { isList } from '../../core/is-list';
import { sha256Hex } from '../../component/digest';
import { isRecord } from '../../core/is-record';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { componentsInImage } from './components-in-image';
import type { FoundComponents, FoundComponent } from './found';
import type { Packed, PackedFile } from './packed-file';

/** What `docker save` wrote, and where it lies. */
export interface SavedImages {
	/** The folder in which they lie, with a slash at its end where it has a name. */
	readonly root: string;
	readonly images: readonly { readonly reference: string | null; readonly layers: readonly string[] }[];
}

/** The images that `docker save` and `crane pull` write where that is no OCI layout; null where no list of theirs is among the files. */
export async function savedImages({ files }: Packed): Promise<SavedImages | null> {
	const [list] = files
		.filter(({ path }) => /(?:^|\/)manifest\.json$/.test(path))
		.toSorted((a, b) => a.path.length - b.path.length);
	const bytes = list && list.size <= most.manifestBytes ? await list.read() : null;
	const images = bytes?.ok ? imagesIn(bytes.value) : null;
	return list && images ? { root: list.path.slice(0, -'manifest.json'.length), images } : null;
}

/** Reads such images: their layers hold components, or are components. */
export async function readDocker(
	{ files, links }: Packed,
	{ root, images }: SavedImages,
	archive: string,
): Promise<Result<FoundComponents, string>> {
	const components: FoundComponent[] = [];
	for (const { reference, layers } of images)
		for (const path of layers) {
			const file = files.find((each) => each.path === root + path);
			if (!file)
				return err(
					links.includes(root + path)
						? `${path} in ${archive} is a link, which is not followed.`
						: `${archive} does not hold ${path}, which it lists.`,
				);
			const found = await componentsIn(file, reference, archive);
			if (!found.ok) return found;
			components.push(...found.value);
		}
	return ok({ components, remarks: [] });
}

function imagesIn(bytes: Uint8Array): SavedImages['images'] | null {
	try {
		const list: unknown = JSON.parse(new TextDecoder().decode(bytes));
		if (!isList(list) || list.length === 0 || list.length > most.manifests) return null;
		const images = list.map((item) => {
			if (!isRecord(item) || !isList(item['Layers'])) return null;
			const layers = item['Layers'];
			const [tag]: readonly unknown[] = Array.isArray(item['RepoTags']) ? item['RepoTags'] : [];
			if (layers.length > most.layers || !layers.every((layer) => typeof layer === 'string')) return null;
			return { reference: typeof tag === 'string' ? tag : null, layers };
		});
		return images.every((image) => image !== null) ? images : null;
	} catch {
		return null;
	}
}

async function componentsIn(
	file: PackedFile,
	reference: string | null,
	archive: string,
): Promise<Result<readonly FoundComponent[], string>> {
	const layer = await file.read();
	if (!layer.ok) return layer;
	const found = await componentsInImage(layer.value, `${file.path} in ${archive}`);
	if (!found.ok) return found;
	const components: FoundComponent[] = [];
	for (const { bytes, title, policy } of found.value)
		components.push({
			artifact: {
				...{ from: { archive, name: title }, reference, digest: null, manifest: null, layers: [] },
				component: { bytes, sha256: await sha256Hex(bytes), title },
				...{ policy, annotations: {}, referrers: [] },
			},
			readBlob: () => Promise.resolve(err(`${archive} names nothing by its digest.`)),
			signatures: [],
		});
	return ok(components);
}
