import { isWithin, joinPath } from '../path';
import type { Preopen } from './types';

/*
 * How a component looks for a path among the folders that it is handed: the host has no part in it. Most components are built with the same
 * C library (wasi-libc), which Rust, C and Go use alike. What is said here was measured with such a component under Wassette 0.4.0 to 0.8.0,
 * under wasmtime, and in this page.
 */

/** How much of a folder is found by the name that a policy gives it. */
type FoundPart = 'all' | 'below' | 'nothing';

/** As the library keeps a name: without the slashes and the `./` that it begins with. */
const kept = (name: string): string => name.replace(/^(?:\.?\/)+/, '').replace(/^\.$/, '');

const withoutDots = (written: string): string => joinPath('/', written).slice(1);

/** What is found of the folder that a storage rule names `written`, after its `fs://`: `below` is all but the folder itself. */
export function foundAs(written: string): FoundPart {
	if (written === '') return 'nothing';
	const name = kept(written);
	const plain = withoutDots(written);
	if (name === plain) return 'all';
	return name === `${plain}/` ? 'below' : 'nothing';
}

/** Another name of the same folder, by which all of it is found; null where `..` leads out of the directory that it begins in. */
export function foundName(written: string): string | null {
	if (written.startsWith('/')) return `/${withoutDots(written)}`;
	return written.split('/').includes('..') ? null : withoutDots(written) || '.';
}

/** Why a folder of this name is not found, or not the folder itself, and what to write, without a full stop; null where all of it is found. */
export function unfoundName(written: string): string | null {
	const found = foundAs(written);
	if (found === 'all') return null;
	const name = foundName(written);
	const advice = name === null ? 'Name the folder without “..”' : `Write “fs://${name}”`;
	if (written === '')
		return `“fs://” gives the folder no name, and most components find nothing in such a folder. ${advice}`;
	const why = 'the C library that they are built with compares names letter by letter';
	return found === 'below'
		? `Most components find what is below “${written}”, and not the folder itself: ${why}. ${advice}`
		: `Most components find nothing in “${written}”: ${why}, and no path begins so. ${advice}`;
}

/** What becomes of a third folder. */
export const passedOver = 'Most components find only the first and the last of more than two folders';

/** Of more than two folders, only the first and the last are found. */
export const isPassedOver = (index: number, folders: number): boolean => index > 0 && index < folders - 1;

/** Whether such a component finds `path`, an absolute path of the world, in a folder that gives it `access`. */
export function isFound(preopens: readonly Preopen[], path: string, access: 'read' | 'write'): boolean {
	return preopens.some((preopen, index) => {
		if (isPassedOver(index, preopens.length) || !preopen[access] || !isWithin(path, preopen.path))
			return false;
		const found = foundAs(preopen.guestPath);
		return found === 'all' || (found === 'below' && path !== preopen.path);
	});
}
