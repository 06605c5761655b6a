import type { ToolCallEntry } from '../core/activity';
import type { CallOutcome } from '../core/call';
import { printJson } from '../core/json';

/** Characters of a result or an error that a row shows. */
const summaryLength = 200;

/** How a call ended, in the few words that its row shows. */
export function endOf(outcome: CallOutcome): Pick<ToolCallEntry, 'status' | 'summary'> {
	switch (outcome.status) {
		case 'returned':
			return {
				status: outcome.isErr ? 'err' : 'result',
				summary: (typeof outcome.json === 'string' ? outcome.json : printJson(outcome.json)).slice(
					0,
					summaryLength,
				),
			};
		case 'exited':
			return { status: outcome.code === 0 ? 'result' : 'error', summary: `exited with code ${outcome.code}` };
		case 'stopped':
			return { status: 'stopped', summary: 'stopped' };
		case 'limited':
			return { status: 'stopped', summary: outcome.message.slice(0, summaryLength) };
		case 'trapped':
		case 'failed':
			return { status: 'error', summary: outcome.message.slice(0, summaryLength) };
	}
}
