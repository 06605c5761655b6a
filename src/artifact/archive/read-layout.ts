import { sha256Hex } from '../../component/digest';
import {
	isImageLayer,
	isIndexType,
	isPolicyLayer,
	isWasmLayer,
	readManifest,
	type Artifact,
	type ImageManifest,
	type IndexEntry,
	type Referrer,
} from '../../core/artifact';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import type { ReadBlob } from '../read-blob';
import { componentsInImage } from './components-in-image';
import type { FoundComponents, FoundComponent } from './found';
import type { Packed } from './packed-file';

const refName = 'org.opencontainers.image.ref.name';

/** A manifest of the layout, with what its index says of it. */
interface Listed {
	readonly entry: IndexEntry;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly manifest: ImageManifest;
}

/** The folder in which an OCI layout lies, with a slash at its end where it has a name; null where there is none. */
export const layoutIn = ({ files }: Packed): string | null =>
	files.find(({ path }) => /(?:^|\/)oci-layout$/.test(path))?.path.slice(0, -'oci-layout'.length) ?? null;

/**
 * Reads an OCI layout, as `oras backup`, `oras copy --to-oci-layout`, `crane pull --format=oci` and `docker save` write it. Every blob is held to
 * its digest; an altered one refuses the whole, by name.
 */
export async function readLayout(
	packed: Packed,
	root: string,
	archive: string,
): Promise<Result<FoundComponents, string>> {
	const files = new Map(packed.files.map((file) => [file.path, file]));
	const readBlob: ReadBlob = async (digest, maxBytes) => {
		const path = `${root}blobs/sha256/${digest.slice('sha256:'.length)}`;
		const file = files.get(path);
		if (packed.links.includes(path)) return err(`${digest} in ${archive} is a link, which is not followed.`);
		if (!file) return err(`${archive} does not hold ${digest}, which it lists.`);
		if (file.size > maxBytes)
			return err(`${digest} in ${archive} is larger than the ${maxBytes} bytes that are taken of it.`);
		const bytes = await file.read();
		if (!bytes.ok) return bytes;
		const found = `sha256:${await sha256Hex(bytes.value)}`;
		if (found !== digest)
			return err(
				`${digest} in ${archive} was altered: what lies there has the digest ${found}. Nothing of it was used.`,
			);
		return bytes;
	};
	const start = await files.get(`${root}index.json`)?.read();
	if (!start?.ok) return err(`${archive} is an OCI layout without an index.json.`);
	const listed = await manifestsOf(start.value, readBlob, archive);
	if (!listed.ok) return listed;
	const components: FoundComponent[] = [];
	const remarks: string[] = [];
	for (const one of listed.value) {
		if (one.manifest.subject !== null || isFallback(one)) continue;
		const found = await artifactsOf(one, { archive, readBlob, referrers: referrersOf(one, listed.value) });
		if (!found.ok) return found;
		components.push(...found.value.map((artifact) => ({ artifact, readBlob, signatures: [] })));
		if (found.value.length === 0)
			remarks.push(`${one.entry.annotations[refName] ?? one.entry.digest} holds no component.`);
	}
	return ok({ components, remarks });
}

/** All manifests that the index leads to, through further indexes too, each once. */
async function manifestsOf(
	index: Uint8Array,
	readBlob: ReadBlob,
	archive: string,
): Promise<Result<readonly Listed[], string>> {
	const listed = new Map<string, Listed>();
	const waiting: { readonly what: string; readonly bytes: Uint8Array }[] = [
		{ what: 'index.json', bytes: index },
	];
	const seen = new Set<string>();
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		const read = readManifest(next.bytes);
		if (!read.ok) return err(`${next.what} in ${archive} ${read.error}.`);
		if (read.value.kind !== 'index') return err(`${next.what} in ${archive} is no list of manifests.`);
		for (const entry of read.value.manifests) {
			if (seen.has(entry.digest)) continue;
			seen.add(entry.digest);
			if (seen.size > most.manifests) return err(`${archive} lists more than ${most.manifests} manifests.`);
			const bytes = await readBlob(entry.digest, most.manifestBytes);
			if (!bytes.ok) return bytes;
			if (isIndexType(entry.mediaType)) {
				waiting.push({ what: entry.digest, bytes: bytes.value });
				continue;
			}
			const manifest = readManifest(bytes.value);
			if (!manifest.ok) return err(`${entry.digest} in ${archive} ${manifest.error}.`);
			if (manifest.value.kind === 'manifest')
				listed.set(entry.digest, { entry, bytes: bytes.value, manifest: manifest.value });
		}
	}
	return ok([...listed.values()]);
}

/** A tag that names the digest of what it is about: how registries that know no referrers, and cosign, keep them. */
const fallbackTag = /^sha256-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/;
const tagOf = ({ entry }: Listed): string => entry.annotations[refName]?.replace(/^.*:/s, '') ?? '';
const isFallback = (one: Listed): boolean => fallbackTag.test(tagOf(one));

const referrersOf = ({ entry }: Listed, all: readonly Listed[]): readonly Referrer[] =>
	all
		.filter(
			(other) =>
				other.manifest.subject === entry.digest ||
				`sha256:${fallbackTag.exec(tagOf(other))?.[1] ?? ''}` === entry.digest,
		)
		.map(({ entry: other, manifest }) => ({
			artifactType: manifest.artifactType ?? other.artifactType ?? manifest.config?.mediaType ?? '',
			digest: other.digest,
			size: other.size,
			annotations: manifest.annotations,
		}));

interface Place {
	readonly archive: string;
	readonly readBlob: ReadBlob;
	readonly referrers: readonly Referrer[];
}

async function artifactsOf(
	{ entry, bytes, manifest }: Listed,
	{ archive, readBlob, referrers }: Place,
): Promise<Result<readonly Artifact[], string>> {
	const policyLayer = manifest.layers.find(isPolicyLayer);
	const text = policyLayer && (await readBlob(policyLayer.digest, most.policyText));
	if (text && !text.ok) return text;
	const around = {
		reference: entry.annotations[refName] ?? null,
		digest: entry.digest,
		manifest: bytes,
		layers: manifest.layers,
		policy:
			policyLayer && text
				? {
						text: new TextDecoder().decode(text.value),
						digest: policyLayer.digest,
						mediaType: policyLayer.mediaType,
					}
				: null,
		annotations: manifest.annotations,
		referrers,
	};
	const artifacts: Artifact[] = [];
	for (const layer of manifest.layers) {
		if (!isWasmLayer(layer) && !isImageLayer(layer)) continue;
		const blob = await readBlob(
			layer.digest,
			isWasmLayer(layer) ? most.componentFileBytes : most.unpackedBytes,
		);
		if (!blob.ok) return blob;
		const found = isWasmLayer(layer)
			? ok([{ bytes: blob.value, title: layer.title, policy: null }])
			: await componentsInImage(blob.value, layer.digest);
		if (!found.ok) return found;
		for (const { bytes: component, title, policy } of found.value)
			artifacts.push({
				...around,
				policy: around.policy ?? policy,
				from: { archive, name: title },
				component: { bytes: component, sha256: await sha256Hex(component), title },
			});
	}
	return ok(artifacts);
}
