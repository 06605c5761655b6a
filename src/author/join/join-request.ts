import type { Result } from '../../core/result';

/** Components, and which of them provides what for which. */
export interface JoinRequest {
	/** By id; the first is the one whose exports the whole has. */
	readonly parts: readonly { readonly id: string; readonly bytes: Uint8Array }[];
	/** Full names of imports and exports. */
	readonly links: readonly {
		readonly user: string;
		readonly imported: string;
		readonly provider: string;
		readonly exported: string;
	}[];
}

export interface JoinedComponent {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Names that it exports of those that provide, since its own exports use their types. */
	readonly also: readonly string[];
}

/** What comes back from the worker. The error is a sentence. */
export type JoinReply = Result<JoinedComponent, string>;
