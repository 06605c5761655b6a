import type {
	DescriptorFlags,
	DescriptorType,
	ErrorCode,
	NewTimestamp,
} from '@bytecodealliance/preview2-shim/interfaces/wasi-filesystem-types';

export type {
	Advice,
	DescriptorFlags,
	DescriptorStat,
	DescriptorType,
	DirectoryEntry,
	ErrorCode,
	MetadataHashValue,
	NewTimestamp,
	OpenFlags,
	PathFlags,
} from '@bytecodealliance/preview2-shim/interfaces/wasi-filesystem-types';

/** Fails an operation: generated code takes a thrown string for the `err` of a WASI function. */
export function fail(code: ErrorCode): never {
	throw code;
}

/** Flags of `open-at` that ask for synchronised writes, which Wasmtime refuses. */
export const asksForSync = (flags: DescriptorFlags): boolean =>
	Boolean(flags.fileIntegritySync || flags.dataIntegritySync || flags.requestedWriteSync);

export const typeOf = (kind: 'file' | 'directory' | 'symlink'): DescriptorType =>
	kind === 'file' ? 'regular-file' : kind === 'directory' ? 'directory' : 'symbolic-link';

/** The largest offset or size of a file in WASI's terms: what POSIX has in a signed 64-bit `off_t`. */
const maxOffset = 2n ** 63n - 1n;

/** An offset or size as a number; `invalid` beyond what POSIX could say. Past 2^53 the number is not exact, but far past every limit. */
export function toNumber(value: bigint): number {
	if (value > maxOffset) fail('invalid');
	return Number(value);
}

const nanosPerSecond = 1_000_000_000n;
/** The furthest from the epoch that a `Date` can show, in nanoseconds. */
const maxNanos = 8_640_000_000_000n * nanosPerSecond;

/** Nanoseconds since the epoch out of milliseconds; what is before the epoch, or no time at all, is the epoch. */
export const nanosOf = (ms: number): bigint =>
	ms > 0 && ms <= 8.64e15 ? BigInt(Math.round(ms * 1000)) * 1000n : 0n;

/** Milliseconds, exact to the microsecond: nanoseconds of today do not fit a number. */
export const msOf = (nanos: bigint): number => Number(nanos / 1000n) / 1000;

export const datetimeOf = (nanos: bigint) => ({
	seconds: nanos / nanosPerSecond,
	nanoseconds: Number(nanos % nanosPerSecond),
});

/** What a timestamp is set to; `overflow` where the time is further off than a file can hold. */
export function newTimeOf(time: NewTimestamp, before: bigint, now: bigint): bigint {
	switch (time.tag) {
		case 'no-change':
			return before;
		case 'now':
			return now;
		case 'timestamp': {
			const nanos = time.val.seconds * nanosPerSecond + BigInt(time.val.nanoseconds);
			if (nanos > maxNanos) fail('overflow');
			return nanos;
		}
	}
}
