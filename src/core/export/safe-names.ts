import { itemAt } from '../item-at';

/** A name that was changed, both without the slash at the end of a directory's. */
export interface ChangedName {
	readonly from: string;
	readonly to: string;
}

export interface SafeNames {
	/** One for each path, in their order, relative; unlike each other on every system. */
	readonly names: readonly string[];
	readonly changed: readonly ChangedName[];
}

/** What some system takes for a separator, a drive, a stream, a pattern or an end, and what cannot be seen. */
// eslint-disable-next-line no-control-regex -- these are what it looks for
const unsafe = /[\\:*?"<>|\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Devices of Windows, which it finds under any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)/i;

/**
 * Names for an archive that unpack to the same place everywhere: no backslash, no `..`, no drive, no device, nothing that cannot be seen,
 * and no two that some file system takes for one. `paths` are absolute; every parent is among them or is only a parent.
 */
export function safeNames(paths: readonly string[]): SafeNames {
	const known = new Map([['', '']]);
	const taken = new Set<string>();

	function nameOf(path: string): string {
		const had = known.get(path);
		if (had !== undefined) return had;
		const slash = path.lastIndexOf('/');
		const parent = nameOf(path.slice(0, Math.max(0, slash)));
		const segment = safeSegment(path.slice(slash + 1));
		const [, stem = '', ending = ''] = /^(.+?)(\.[^.]*)?$/s.exec(segment) ?? [];
		let name = join(parent, segment);
		for (let n = 2; taken.has(folded(name)); n++) name = join(parent, `${stem} (${n})${ending}`);
		taken.add(folded(name));
		known.set(path, name);
		return name;
	}

	const relative = paths.map((path) => path.replace(/^\//, ''));
	// As they are where that can be: only then may one that has to be changed take what is left.
	const order = [...relative].sort((a, b) => Number(isChanged(a)) - Number(isChanged(b)));
	for (const path of order) nameOf(path);
	const names = relative.map(nameOf);
	return {
		names,
		changed: relative.flatMap((from, index) =>
			names[index] === from ? [] : [{ from, to: itemAt(names, index) }],
		),
	};
}

const isChanged = (path: string) => path.split('/').some((segment) => safeSegment(segment) !== segment);

const join = (parent: string, segment: string) => (parent === '' ? segment : `${parent}/${segment}`);

/** As the file systems compare that care least. */
const folded = (name: string) => name.normalize('NFKC').toLowerCase();

/** One name of a path that every system takes for what it is. */
export function safeSegment(segment: string): string {
	const plain = segment.replace(unsafe, '_').replace(device, '_$&');
	// Windows leaves out what a name ends in.
	return plain === '' ? '_' : /[. ]$/.test(plain) ? `${plain.slice(0, -1)}_` : plain;
}
