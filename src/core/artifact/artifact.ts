/** One blob of an OCI artifact, as its manifest describes it. */
export interface Layer {
	readonly mediaType: string;
	/** `sha256:` and 64 hexadecimal digits. */
	readonly digest: string;
	/** Bytes. */
	readonly size: number;
	/** Its file's name (`org.opencontainers.image.title`); null where it has none. */
	readonly title: string | null;
}

/** Another artifact that says something about this one: a signature, an attestation, a list of its parts. */
export interface Referrer {
	readonly artifactType: string;
	/** Of its manifest. */
	readonly digest: string;
	readonly size: number;
	readonly annotations: Readonly<Record<string, string>>;
}

/** Where an artifact was found: in a registry, by a reference that pins it (`oci://host/repo:tag@sha256:…`), or in an archive that a person dropped. */
export type ArtifactPlace =
	| { readonly oci: string }
	| {
			/** The dropped file's name. */
			readonly archive: string;
			/** The file inside it; null where the archive is the artifact. */
			readonly name: string | null;
	  };

/** A component as it was distributed, with what came with it. Everything in it was held to its digest, where it has one. */
export interface Artifact {
	readonly from: ArtifactPlace;
	/** `host/repo:tag` as it was asked for, or as an archive names it; null where nobody said. */
	readonly reference: string | null;
	/** Of the manifest, `sha256:…`: what signatures are about; null where there is no manifest. */
	readonly digest: string | null;
	/** The manifest's exact bytes. */
	readonly manifest: Uint8Array<ArrayBuffer> | null;
	readonly layers: readonly Layer[];
	readonly component: {
		readonly bytes: Uint8Array<ArrayBuffer>;
		/** Of the bytes, in hex. */
		readonly sha256: string;
		readonly title: string | null;
	};
	/** The policy that came with it, verbatim; null where none did. */
	readonly policy: {
		readonly text: string;
		/** Of its layer; null where it is a file. */
		readonly digest: string | null;
		readonly mediaType: string;
	} | null;
	/** Of the manifest. */
	readonly annotations: Readonly<Record<string, string>>;
	/** What refers to it, listed and not read. */
	readonly referrers: readonly Referrer[];
}
