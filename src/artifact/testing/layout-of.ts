import { createHash } from 'node:crypto';
import type { TarEntry } from './tar-of';

const ociManifest = 'application/vnd.oci.image.manifest.v1+json';

export interface LaidLayer {
	readonly mediaType: string;
	readonly content: Uint8Array | string;
	readonly title?: string;
	readonly annotations?: Readonly<Record<string, string>>;
}

/** An artifact of a layout that a test makes. */
export interface LaidArtifact {
	readonly layers: readonly LaidLayer[];
	/** What the index calls it. */
	readonly name?: string;
	readonly artifactType?: string;
	/** The manifest that this one says something about. */
	readonly subject?: Uint8Array;
}

const bytesOf = (content: Uint8Array | string) => Buffer.from(content);
export const sha256Of = (content: Uint8Array | string): string =>
	createHash('sha256').update(bytesOf(content)).digest('hex');
const described = (content: Uint8Array | string) => ({
	digest: `sha256:${sha256Of(content)}`,
	size: bytesOf(content).length,
});

/** For tests: the manifest of an artifact, as tools write it. */
export function manifestBytes({ layers, artifactType, subject }: LaidArtifact): Uint8Array<ArrayBuffer> {
	const manifest = {
		schemaVersion: 2,
		mediaType: ociManifest,
		...(artifactType && { artifactType }),
		config: { mediaType: 'application/vnd.wasm.config.v0+json', ...described('{}') },
		layers: layers.map(({ mediaType, content, title, annotations }) => ({
			mediaType,
			...described(content),
			annotations: { ...annotations, ...(title && { 'org.opencontainers.image.title': title }) },
		})),
		...(subject && { subject: { mediaType: ociManifest, ...described(subject) } }),
	};
	return new Uint8Array(Buffer.from(JSON.stringify(manifest)));
}

/** For tests: the files of an OCI layout with these artifacts. */
export function layoutOf(artifacts: readonly LaidArtifact[]): readonly TarEntry[] {
	const blobs = new Map<string, Uint8Array>();
	const put = (content: Uint8Array | string) =>
		blobs.set(`blobs/sha256/${sha256Of(content)}`, bytesOf(content));
	const entries = artifacts.map((artifact) => {
		const manifest = manifestBytes(artifact);
		for (const { content } of artifact.layers) put(content);
		put(manifest);
		return {
			mediaType: ociManifest,
			...described(manifest),
			...(artifact.name && { annotations: { 'org.opencontainers.image.ref.name': artifact.name } }),
		};
	});
	return [
		{ name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
		{ name: 'index.json', content: JSON.stringify({ schemaVersion: 2, manifests: entries }) },
		...[...blobs].map(([name, content]) => ({ name, content })),
	];
}
