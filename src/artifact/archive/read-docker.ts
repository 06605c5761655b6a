import { sha256Hex } from '../../component/digest';
import { isRecord } from '../../core/is-record';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { componentsInImage } from './components-in-image';
import type { FoundComponents, FoundComponent } from './found';
import type { Packed, PackedFile } from './packed-file';

/** Whether files are what `docker save` and `crane pull` write where that is no OCI layout. */
export const isDockerSave = ({ files }: Packed): boolean =>
	files.some(({ path }) => path === 'manifest.json');

/** Reads such files: the layers of each image hold components, or are components. */
export async function readDocker(
	{ files, links }: Packed,
	archive: string,
): Promise<Result<FoundComponents, string>> {
	const bytes = await files.find(({ path }) => path === 'manifest.json')?.read();
	const images = bytes?.ok ? imagesIn(bytes.value) : null;
	if (!images)
		return err(`The manifest.json in ${archive} is not one that docker save or crane pull writes.`);
	const components: FoundComponent[] = [];
	for (const { reference, layers } of images)
		for (const path of layers) {
			const file = files.find((each) => each.path === path);
			if (!file)
				return err(
					links.includes(path)
						? `${path} in ${archive} is a link, which is not followed.`
						: `${archive} does not hold ${path}, which it lists.`,
				);
			const found = await componentsIn(file, reference, archive);
			if (!found.ok) return found;
			components.push(...found.value);
		}
	return ok({ components, remarks: [] });
}

function imagesIn(
	bytes: Uint8Array,
): readonly { readonly reference: string | null; readonly layers: readonly string[] }[] | null {
	try {
		const list: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(0, most.manifestBytes)));
		if (!Array.isArray(list) || list.length > most.manifests) return null;
		const images = (list as readonly unknown[]).map((item) => {
			if (!isRecord(item) || !Array.isArray(item['Layers'])) return null;
			const layers = item['Layers'] as readonly unknown[];
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
