import type { Result } from '../core/result';

export interface AskOptions {
	readonly headers?: readonly (readonly [name: string, value: string])[];
	/** Bytes that are taken at most. */
	readonly maxBytes: number;
	readonly signal?: AbortSignal;
	/** Bytes so far, and all of them where that is known. */
	readonly onProgress?: (received: number, total: number | null) => void;
	/** Where no answer can be read, find out whether somebody is there at all; default true. */
	readonly explain?: boolean;
}

/** An answer, whole. */
export interface Reply {
	readonly status: number;
	/** By names in lower case; a page sees few of another site's. */
	readonly headers: ReadonlyMap<string, string>;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Why there is no answer: `closed` is a server that lets no page of another site read it. */
export interface NoReply {
	readonly cause: 'closed' | 'redirect' | 'too-large' | 'stopped' | 'failed';
	/** What happened and what to do next. */
	readonly message: string;
}

/** Asks for what is at an address, anonymously, and follows a redirect only to hosts that were shown to the person before. */
export type AskSite = (url: string, options: AskOptions) => Promise<Result<Reply, NoReply>>;
