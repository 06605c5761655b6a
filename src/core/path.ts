import { most } from './limits';
/** Longest path of a world in UTF-8 bytes. */
export const maxPathBytes = most.pathBytes;
/** Longest name of one entry in UTF-8 bytes. */
export const maxNameBytes = most.nameBytes;

/** Bytes that a text takes in UTF-8; a lone surrogate counts three, as the replacement character would. */
export function utf8Length(text: string): number {
	let length = text.length;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit < 0x80) continue;
		if (unit < 0x800) length += 1;
		else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
			// Two code units make four bytes.
			length += 2;
			index++;
		} else length += 2;
	}
	return length;
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Whether a text is longer than so many UTF-8 bytes, without counting where that is plain. */
export const exceedsBytes = (text: string, bytes: number): boolean =>
	text.length > bytes || (text.length * 3 > bytes && utf8Length(text) > bytes);

/** The directory that an absolute normalised path stands in; the root's is the root. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** The last name of an absolute normalised path; empty for the root. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The path of an entry of a directory. */
export const childOf = (directory: string, name: string): string =>
	directory === '/' ? `/${name}` : `${directory}/${name}`;

/** Whether a path is that directory or below it, by whole names: `/data` does not cover `/database`. */
export const isWithin = (path: string, directory: string): boolean =>
	directory === '/' ||
	(path.startsWith(directory) &&
		(path.length === directory.length || path.charCodeAt(directory.length) === 0x2f));

/** Every directory above an absolute normalised path, from the root down, without the path itself. */
export function ancestorsOf(path: string): string[] {
	const ancestors: string[] = [];
	for (let end = path.indexOf('/', 1); end !== -1; end = path.indexOf('/', end + 1))
		ancestors.push(path.slice(0, end));
	return path === '/' ? [] : ['/', ...ancestors];
}

/** A segment that is empty, `.` or `..`, as the last one of a path too. */
const needsResolving = /\/\.{0,2}(?:\/|$)/;

/** Joins a path to an absolute directory and resolves `.` and `..` by their text alone; what climbs above the root stays at it. */
export function joinPath(directory: string, path: string): string {
	const plain = directory === '/' && path.startsWith('/') ? path : childOf(directory, path);
	// Most paths are resolved as they are.
	if (plain === '/' || (plain.startsWith('/') && !needsResolving.test(plain))) return plain;
	const names: string[] = [];
	for (const name of `${directory}/${path}`.split('/')) {
		if (name === '' || name === '.') continue;
		if (name === '..') names.pop();
		else names.push(name);
	}
	return `/${names.join('/')}`;
}

/** Whether a value can be the path of a world's entry: absolute, normalised, no NUL, its names and its length within bounds. */
export function isWorldPath(path: unknown): path is string {
	if (typeof path !== 'string' || !path.startsWith('/')) return false;
	if (path === '/') return true;
	if (exceedsBytes(path, maxPathBytes) || path.includes('\0')) return false;
	return path
		.slice(1)
		.split('/')
		.every((name) => name !== '' && name !== '.' && name !== '..' && !exceedsBytes(name, maxNameBytes));
}
