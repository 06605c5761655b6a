import type { OciReference } from './oci-reference';

/** A host that is asked, or may be led to, after a press. */
export interface AskedHost {
	/** `https://host`, with a port where it is not the usual one. */
	readonly origin: string;
	/** What it is asked for, as the end of a sentence. */
	readonly why: string;
}

/** What a text names. */
export type Subject =
	| { readonly kind: 'sample'; readonly name: string }
	/** A link to a scenario; nothing is fetched for it. */
	| { readonly kind: 'scenario'; readonly link: string }
	| {
			readonly kind: 'oci';
			readonly reference: OciReference;
			/** Which of its files is meant, by the digest of its layer (`sha256:…`); absent where nothing was said behind `#`. */
			readonly layer?: string;
	  }
	/** One file at an address. */
	| { readonly kind: 'url'; readonly url: string }
	/** A folder of a repository, or all of it: which file is asked once it is listed. */
	| {
			readonly kind: 'github';
			readonly owner: string;
			readonly repository: string;
			/** Branch, tag or commit; null is the branch that the repository shows first. */
			readonly ref: string | null;
			readonly path: string;
	  }
	| {
			readonly kind: 'release';
			readonly owner: string;
			readonly repository: string;
			/** Null is the newest. */
			readonly tag: string | null;
			/** Null where it is asked once they are listed. */
			readonly file: string | null;
	  }
	| { readonly kind: 'gist'; readonly id: string; readonly file: string | null }
	| {
			readonly kind: 'npm';
			readonly name: string;
			/** A version, a range or a tag; null is `latest`. */
			readonly version: string | null;
			readonly path: string | null;
	  }
	/** A package by its WIT name, looked up in wasm.directory or in the registry that is named. */
	| {
			readonly kind: 'package';
			readonly namespace: string;
			readonly name: string;
			readonly version: string | null;
			readonly registry: string | null;
	  };

/** What was understood of a text, before anything is asked for. Texts in it are a stranger's. */
export interface Understood {
	readonly subject: Subject;
	/** What it is, as a sentence. */
	readonly words: string;
	/** What holds the bytes to what is meant, as a sentence; null where nothing does before they are here. */
	readonly pinned: string | null;
	/** Every host that may be asked, in the order of asking; the first is asked first. */
	readonly hosts: readonly AskedHost[];
	/** What to know before the press, as a sentence; null where nothing. */
	readonly note: string | null;
}
