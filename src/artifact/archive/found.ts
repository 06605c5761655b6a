import type { Artifact } from '../../core/artifact';
import type { ReadBlob } from '../read-blob';

/** A component that was found in what a person brought, with what came with it. */
export interface FoundComponent {
	readonly artifact: Artifact;
	/** Reads what the artifact refers to, and what refers to it. */
	readonly readBlob: ReadBlob;
	/** The same for manifests, where they are not kept with the other blobs: a registry has a place of their own for them. */
	readonly readManifest?: ReadBlob;
	/** Reads the manifest under a tag of the same repository, where there is one to ask; null where nothing is under it. */
	readonly readTag?: (tag: string) => Promise<Uint8Array<ArrayBuffer> | null>;
	/** Texts of signatures that lay beside it. */
	readonly signatures: readonly string[];
}

/** Everything that was found, and what there is to say of the rest: a sentence each. */
export interface FoundComponents {
	readonly components: readonly FoundComponent[];
	readonly remarks: readonly string[];
}
