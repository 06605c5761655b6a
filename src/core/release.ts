/** A buffer that can be emptied; not every browser's can. */
type Emptied = ArrayBuffer & { transfer?(length: number): ArrayBuffer };

/**
 * Gives the memory of bytes back at once, for their owner when they have been copied elsewhere: a collector takes its time, and many
 * megabytes can pile up meanwhile. Nobody may hold another view of the same buffer.
 */
export function release(bytes: Uint8Array | null): void {
	const buffer = bytes?.buffer as Emptied | undefined;
	if (buffer && buffer.byteLength > 0) buffer.transfer?.(0);
}
