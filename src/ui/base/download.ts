import { safeSegment } from '../../core/export/safe-names';
import type { Outgoing } from '../../core/outlet';

/** Hands a file to the browser's downloads. The only way there: a rule of the linter holds that. */
export function download(
	name: Outgoing<string>,
	content: Outgoing<Uint8Array> | Outgoing<string>,
	type: string,
): void {
	const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = safeSegment(name);
	link.click();
	// The download has its own hold on the data once it has begun.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
