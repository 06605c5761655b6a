/** A buffer that can be emptied; not every browser's can. */
type Emptied = ArrayBuffer & { transfer?(length: number): ArrayBuffer };

/**
 * A port that nobody listens to: what is sent goes nowhere. A buffer that arrived in a message has a second owner inside Chromium, which
 * `transfer` tells nothing and which holds on to its memory; a message takes it from both.
 */
const { port1: nowhere, port2: closed } = new MessageChannel();
closed.close();

/**
 * Gives the memory of bytes back at once, for their owner when they have been copied elsewhere: a collector takes its time, and many
 * megabytes can pile up meanwhile. Nobody may hold another view of the same buffer.
 */
export function release(bytes: Uint8Array | null): void {
	const buffer = bytes?.buffer as Emptied | undefined;
	if (!buffer || buffer.byteLength === 0) return;
	nowhere.postMessage(null, [buffer]);
	// An engine need not look at a message that goes nowhere.
	if (buffer.byteLength > 0) buffer.transfer?.(0);
}
