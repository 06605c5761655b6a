import { utf8Length } from '../../core/path';
import type { Inode } from './inode';
import { datetimeOf, typeOf, type DescriptorStat, type MetadataHashValue } from './wasi';

/** What file systems such as ext4 say a directory takes that has few entries. */
const directorySize = 4096;

/** The size as `stat` gives it. */
function sizeOf(inode: Inode): number {
	switch (inode.kind) {
		case 'file':
			return inode.content.size;
		case 'symlink':
			return utf8Length(inode.target);
		case 'directory':
			return directorySize;
	}
}

export const statOf = (inode: Inode): DescriptorStat => ({
	type: typeOf(inode.kind),
	linkCount: BigInt(inode.links),
	size: BigInt(sizeOf(inode)),
	dataAccessTimestamp: datetimeOf(inode.accessed),
	dataModificationTimestamp: datetimeOf(inode.modified),
	statusChangeTimestamp: datetimeOf(inode.changed),
});

/**
 * Tells inodes apart and never changes, as in the runtime inside Wassette, which takes nothing but the device and the inode number; C
 * libraries take the lower half as the inode number.
 */
export const metadataHashOf = (inode: Inode): MetadataHashValue => {
	const lower = mix(BigInt(inode.id));
	return { lower, upper: mix(lower) };
};

const bits = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The finaliser of SplitMix64, which maps the 64-bit numbers one to one onto themselves. */
function mix(value: bigint): bigint {
	let z = bits(value + 0x9e3779b97f4a7c15n);
	z = bits((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
	z = bits((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
	return z ^ (z >> 31n);
}
