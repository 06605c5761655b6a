import { exceedsBytes, maxPathBytes } from '../../core/path';
import { fail } from './wasi';

/** A path that a guest gave, in parts. `.` and `..` stay in it: what they mean depends on what is walked. */
export interface SplitPath {
	readonly parts: readonly string[];
	/** It ended in a slash, so it has to name a directory. */
	readonly slash: boolean;
}

/**
 * Splits a relative path. Bytes of names mean themselves: no case folding, normalising or decoding, and a backslash is a letter.
 * The empty path fails `no-entry`, NUL `invalid`, more than 4,096 bytes `name-too-long`. An absolute path is the caller's to refuse.
 */
export function splitPath(path: string): SplitPath {
	if (path === '') fail('no-entry');
	if (exceedsBytes(path, maxPathBytes)) fail('name-too-long');
	if (path.includes('\0')) fail('invalid');
	const parts = path.split('/');
	const slash = parts[parts.length - 1] === '';
	return { parts: parts.includes('') ? parts.filter((part) => part !== '') : parts, slash };
}
