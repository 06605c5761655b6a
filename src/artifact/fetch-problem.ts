import type { NoReply } from './ask';
import type { ByHand } from './by-hand';

/** Why something a person asked for did not come, and what they can do about it. */
export interface FetchProblem {
	/** What happened and what to do next. */
	readonly message: string;
	/** What became of the request, where there was one. */
	readonly cause?: NoReply['cause'];
	/** A host that is to be shown before it is asked. */
	readonly further?: {
		/** Null where the browser does not say which. */
		readonly origin: string | null;
		/** What is known of where it leads, as the end of a sentence. */
		readonly mayLeadTo: string | null;
	};
	/** Its server lets no page read it: how to bring it, and what is held to. */
	readonly byHand?: ByHand;
	/** What it may be, each as a text that names it alone. */
	readonly choices?: readonly FetchChoice[];
}

export interface FetchChoice {
	readonly label: string;
	/** What names it in the field. */
	readonly address: string;
	/** Bytes; null where nobody said. */
	readonly size: number | null;
}

/** The same as a problem, for what was asked for: what redirects needs a host, what is closed has to be brought by hand. */
export function problemOf(
	{ cause, message }: NoReply,
	{ mayLeadTo = null, byHand }: { readonly mayLeadTo?: string | null; readonly byHand?: ByHand } = {},
): FetchProblem {
	if (cause === 'redirect') return { message, cause, further: { origin: null, mayLeadTo } };
	if (cause !== 'closed') return { message, cause };
	return byHand ? { message, cause, byHand } : { message: `${message} ${openIt}`, cause };
}

/** What is said where no command brings it. */
export const openIt = 'Download the file yourself and drop it on this page, or have its server allow it.';
