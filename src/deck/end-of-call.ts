import type { ToolCallEntry } from '../core/activity';
import type { CallOutcome } from '../core/call';
import type { Outlet } from '../core/outlet';
import { printJson } from '../core/json';
import { beginningOf } from '../core/part-of-json';
import type { Json } from '../core/wit/types';

/** Characters of a result or an error that a row shows. */
const summaryLength = 200;

/** Characters of a text that are looked through for secrets, whose spellings are longer than they are. */
const searchedLength = 65_536;

/**
 * What is cut no longer shows that it is part of a secret, so secrets are hidden before. A long text is cut to much more than is shown, and
 * marked as cut: what it then ends in the middle of is hidden too.
 */
function short(text: string, outlet: Outlet): string {
	const searched = text.length > searchedLength ? `${text.slice(0, searchedLength)}…` : text;
	return outlet.text(searched).slice(0, summaryLength);
}

/** Of the text of a result, as much as is looked at. */
const beginningIn = (json: Json): string =>
	typeof json === 'string' ? json : printJson(beginningOf(json, searchedLength));

/** How a call ended, in the few words that its row shows. */
export function endOf(
	outcome: CallOutcome,
	outlet: Outlet,
): Pick<ToolCallEntry, 'status' | 'summary' | 'end' | 'limit'> {
	return {
		...statusOf(outcome, outlet),
		end: outcome.status,
		...(outcome.status === 'limited' && { limit: outcome.limit }),
	};
}

function statusOf(outcome: CallOutcome, outlet: Outlet): Pick<ToolCallEntry, 'status' | 'summary'> {
	switch (outcome.status) {
		case 'returned':
			return {
				status: outcome.isErr ? 'err' : 'result',
				summary: short(beginningIn(outcome.json), outlet),
			};
		case 'exited':
			return { status: outcome.code === 0 ? 'result' : 'error', summary: `exited with code ${outcome.code}` };
		case 'stopped':
			return { status: 'stopped', summary: 'stopped' };
		case 'limited':
			return { status: 'stopped', summary: short(outcome.message, outlet) };
		case 'trapped':
		case 'failed':
			return { status: 'error', summary: short(outcome.message, outlet) };
	}
}
