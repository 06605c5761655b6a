/** A component as it is distributed: its manifest, its layers, and what comes with it. */
export type { Artifact, ArtifactPlace, Layer, Referrer } from './artifact';
export { acceptedManifests, isImageLayer, isIndexType, isPolicyLayer, isWasmLayer } from './media-types';
export {
	isDigest,
	readManifest,
	type ImageIndex,
	type IndexEntry,
	type ImageManifest,
} from './read-manifest';
