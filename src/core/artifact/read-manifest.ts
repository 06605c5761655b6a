import { parseJson } from '../json';
import { isRecord } from '../is-record';
import { most } from '../limits';
import { err, ok, type Result } from '../result';
import type { Layer } from './artifact';
import { isIndexType } from './media-types';

/** An OCI image manifest, or Docker's, as far as it matters here. */
export interface ImageManifest {
	readonly kind: 'manifest';
	readonly artifactType: string | null;
	readonly config: Layer | null;
	readonly layers: readonly Layer[];
	/** Digest of the manifest that this one says something about. */
	readonly subject: string | null;
	readonly annotations: Readonly<Record<string, string>>;
}

/** One manifest of a list. */
export interface IndexEntry extends Layer {
	readonly artifactType: string | null;
	/** `os/architecture`; null where it names none. */
	readonly platform: string | null;
	readonly annotations: Readonly<Record<string, string>>;
}

/** A list of manifests: an image for several platforms, an OCI layout, or what refers to an artifact. */
export interface ImageIndex {
	readonly kind: 'index';
	readonly manifests: readonly IndexEntry[];
}

const limits = { length: most.manifestBytes, depth: 32 };

/** Whether a value is a digest as it is written in manifests and references: `sha256:` and 64 hexadecimal digits. */
export const isDigest = (value: unknown): value is string =>
	typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);

/** Reads a manifest or a list of them. The error is the end of a sentence that begins with what was read. */
export function readManifest(bytes: Uint8Array): Result<ImageManifest | ImageIndex, string> {
	if (bytes.length > most.manifestBytes)
		return err('is larger than 4 MiB, the most that a manifest may have');
	const parsed = parseJson(new TextDecoder().decode(bytes), limits);
	if (!parsed.ok) return err('is not JSON');
	const value: unknown = parsed.value;
	if (!isRecord(value)) return err('is not a JSON object');
	const { manifests, layers, mediaType } = value;
	if (Array.isArray(manifests) && (layers === undefined || isIndexType(String(mediaType)))) {
		if (manifests.length > most.layers) return err(`lists more than ${most.layers} manifests`);
		const entries = manifests.map(entryOf);
		return entries.every((entry) => entry !== null)
			? ok({ kind: 'index', manifests: entries })
			: err('lists a manifest without a type, a sha256 digest and a size');
	}
	if (!Array.isArray(layers)) return err('lists neither layers nor manifests');
	if (layers.length > most.layers) return err(`has more than ${most.layers} layers`);
	const read = layers.map(layerOf);
	if (!read.every((layer) => layer !== null))
		return err('has a layer without a type, a sha256 digest and a size');
	return ok({
		kind: 'manifest',
		artifactType: textOf(value['artifactType']),
		config: layerOf(value['config']),
		layers: read,
		subject: layerOf(value['subject'])?.digest ?? null,
		annotations: annotationsOf(value['annotations']),
	});
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function layerOf(value: unknown): Layer | null {
	if (!isRecord(value)) return null;
	const { mediaType, digest, size } = value;
	if (typeof mediaType !== 'string' || !isDigest(digest)) return null;
	if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return null;
	const title = annotationsOf(value['annotations'])['org.opencontainers.image.title'] ?? null;
	return { mediaType, digest, size, title };
}

function entryOf(value: unknown): IndexEntry | null {
	const layer = layerOf(value);
	if (!layer || !isRecord(value)) return null;
	const { platform } = value;
	const named: readonly unknown[] = isRecord(platform) ? [platform['os'], platform['architecture']] : [];
	return {
		...layer,
		artifactType: textOf(value['artifactType']),
		platform: named.every((part) => typeof part === 'string') && named.length > 0 ? named.join('/') : null,
		annotations: annotationsOf(value['annotations']),
	};
}

/** Texts only, without a prototype: names come from strangers. */
function annotationsOf(value: unknown): Readonly<Record<string, string>> {
	const annotations = Object.create(null) as Record<string, string>;
	if (!isRecord(value)) return annotations;
	for (const [name, text] of Object.entries(value)) if (typeof text === 'string') annotations[name] = text;
	return annotations;
}
