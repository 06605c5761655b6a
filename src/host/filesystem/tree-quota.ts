import type { FileTree } from '../../core/files';
import { LimitReached } from '../types';

export interface TreeLimits {
	/** Bytes of all files together, those included that have lost their name but are still open. */
	readonly maxBytes: number;
	readonly maxEntries: number;
}

/** What a tree holds of what it may hold. What would go beyond throws `LimitReached`, and nothing is counted. */
export class TreeQuota {
	readonly #limits: TreeLimits;
	#bytes = 0;
	#entries: number;

	/** With what a snapshot holds already. */
	constructor(files: FileTree, limits: TreeLimits) {
		this.#limits = limits;
		this.#entries = files.size;
		for (const node of files.values()) if (node.kind === 'file') this.#bytes += node.size;
	}

	/** Counts bytes that come; fewer than none are bytes that go. */
	charge(bytes: number): void {
		const { maxBytes } = this.#limits;
		if (bytes > 0 && this.#bytes + bytes > maxBytes)
			throw new LimitReached('fileBytes', `the component reached the limit of ${maxBytes} bytes of files`);
		this.#bytes += bytes;
	}

	/** Throws where one more entry would be too many. */
	checkEntry(): void {
		const { maxEntries } = this.#limits;
		if (this.#entries >= maxEntries)
			throw new LimitReached(
				'files',
				`the component reached the limit of ${maxEntries} files and directories`,
			);
	}

	enter(): void {
		this.#entries++;
	}

	leave(): void {
		this.#entries--;
	}
}
