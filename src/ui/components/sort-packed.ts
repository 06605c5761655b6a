import { isComponentName } from '../../core/component-name';
import type { DroppedFile } from '../../artifact/archive/read-files';

/** Dropped files, those that are packed apart. */
export interface SortedPacked {
	/** What is read together: an archive, or components with signatures beside them. */
	readonly groups: readonly (readonly DroppedFile[])[];
	/** Signatures that came without a component. */
	readonly signatures: readonly File[];
	/** All other files, as they are. */
	readonly rest: readonly File[];
}

const asDropped = (file: File): DroppedFile => ({ path: file.name, file });
const isSignature = ({ name }: File) => /\.(?:sigstore(?:\.json)?|sig|bundle(?:\.json)?)$/i.test(name);

/** Tells archives by their first bytes, and signatures by their names. Components with a signature beside them are read together with it. */
export async function sortPacked(files: readonly File[]): Promise<SortedPacked> {
	const packed = await Promise.all(files.map(isPacked));
	const archives = files.filter((_, at) => packed[at]);
	const others = files.filter((_, at) => !packed[at]);
	const signatures = others.filter(isSignature);
	const hasComponents = others.some(({ name }) => isComponentName(name));
	const together = signatures.length > 0 && hasComponents;
	const isOfThem = (file: File) =>
		isSignature(file) || isComponentName(file.name) || /\.ya?ml$/i.test(file.name);
	return {
		groups: [
			...archives.map((file) => [asDropped(file)]),
			...(together ? [others.filter(isOfThem).map(asDropped)] : []),
		],
		signatures: together ? [] : signatures,
		rest: others.filter((file) => !isSignature(file) && !(together && isOfThem(file))),
	};
}

/** The first bytes of what browsers unpack, and of what they do not, which is said where it is read. */
const starts = [
	[0x50, 0x4b, 0x03, 0x04],
	[0x50, 0x4b, 0x05, 0x06],
	[0x1f, 0x8b],
	[0x28, 0xb5, 0x2f, 0xfd],
	[0xfd, 0x37, 0x7a, 0x58],
	[0x42, 0x5a, 0x68],
	[0x37, 0x7a, 0xbc, 0xaf],
] as const;

async function isPacked(file: File): Promise<boolean> {
	const head = new Uint8Array(await file.slice(0, 263).arrayBuffer());
	const isTar = [...'ustar'].every((char, at) => head[257 + at] === char.charCodeAt(0));
	return isTar || starts.some((start) => start.every((byte, at) => head[at] === byte));
}
