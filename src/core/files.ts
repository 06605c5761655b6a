/** One entry of a world's file tree. Times are milliseconds since the epoch. */
export type FileNode =
	| {
			readonly kind: 'file';
			/** Null where a grant lets the guest see that the file is there but not what is in it. */
			readonly content: Uint8Array | null;
			readonly size: number;
			readonly modified: number;
	  }
	| { readonly kind: 'directory'; readonly modified: number }
	| { readonly kind: 'symlink'; readonly target: string; readonly modified: number };

/** Absolute normalised path (`/data/a.txt`, the root is `/`) to entry. Every parent of an entry is in the tree, a directory. */
export type FileTree = ReadonlyMap<string, FileNode>;

/** What a call did to one path; a list of these, in order, turns the tree before the call into the tree after it. */
export type FileChange =
	| { readonly kind: 'write'; readonly path: string; readonly content: Uint8Array; readonly modified: number }
	/** A change to a file whose content was withheld: its new size, and the bytes written. */
	| {
			readonly kind: 'patch';
			readonly path: string;
			readonly size: number;
			readonly extents: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
			readonly modified: number;
	  }
	| { readonly kind: 'directory'; readonly path: string; readonly modified: number }
	| { readonly kind: 'symlink'; readonly path: string; readonly target: string; readonly modified: number }
	| { readonly kind: 'remove'; readonly path: string }
	/** Moves an entry, and all below it, keeping withheld contents. */
	| { readonly kind: 'move'; readonly from: string; readonly to: string };
