import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Elicit } from './agent/permitted';

/** A notification, as it crosses. */
export interface Told {
	readonly method: string;
	readonly params: { readonly [name: string]: unknown };
}

/** One request amid what is said about it, whichever version of the protocol it came by. */
export interface Exchange {
	readonly rpcId: RequestId;
	/** Aborted when whoever asked takes it back, or is gone. */
	readonly signal: AbortSignal;
	/** Sends a notification about it; one that finds the connection closed has nobody to tell. */
	tell(notification: Told): void;
	/** As the program that asks names itself. */
	readonly who: string;
	/** Asks the person through that program; null where it cannot. */
	readonly elicit: Elicit | null;
	/** Whether what a guest prints is told, at a level. */
	logs(level: 'info' | 'warning'): boolean;
}
