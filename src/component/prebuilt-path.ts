import type { Program } from './program';

/** Raised with every change of what a prebuilt file holds: one of another version has another name and is not read. */
export const prebuiltVersion = 1;

/** What a prebuilt file is of. */
export interface PrebuiltKey {
	/** Names exactly the transpiler that makes programs. */
	readonly transpiler: string;
	readonly sha256: string;
	readonly mode: Program['mode'];
}

/** A file's place in the site. All that decides over its content is in the name, so no file by that name is ever another. */
export const prebuiltPath = ({ transpiler, sha256, mode }: PrebuiltKey): string =>
	`assets/prebuilt${prebuiltVersion}-${mode}-${sha256}-${transpiler.replace(/\.js$/, '')}.json`;

/** The mode that a file of the site is prebuilt for; null for every other file. */
export const prebuiltMode = (path: string): Program['mode'] | null => {
	const [, mode] = /^assets\/prebuilt\d+-(jspi|sync)-/.exec(path) ?? [];
	return mode === 'jspi' || mode === 'sync' ? mode : null;
};
