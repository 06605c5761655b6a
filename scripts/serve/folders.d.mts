export interface FolderEntry {
	readonly path: string;
	/** Milliseconds since the epoch. */
	readonly modified: number;
	readonly directory?: true;
	readonly symlink?: string;
	readonly base64?: string;
	readonly same?: true;
}

export interface FolderChange {
	readonly path: string;
	readonly base64?: string;
	readonly directory?: true;
	readonly removed?: true;
}

export interface Folders {
	readonly ok: true;
	readonly guests: readonly { readonly guest: string; readonly readOnly: boolean }[];
	read(): FolderEntry[];
	write(changes: readonly FolderChange[]): string[];
}

export declare function openFolders(
	folders: readonly { readonly host: string; readonly guest: string; readonly readOnly: boolean }[],
): Folders | { readonly ok: false; readonly error: string };
