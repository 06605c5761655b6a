import type { ToolCallEntry } from '../../core/activity';
import type { IconName } from '../base/icons';
import type { ReadResult } from './read-result';

/** How a call ended, for a person: each has a word, an icon and a colour of its own, and only `result` is green. */
export type ShownEnd =
	'result' | 'empty' | 'denials' | 'err' | 'error' | 'trap' | 'limit' | 'stopped' | 'none';

export interface EndingLook {
	readonly icon: IconName;
	readonly word: string;
	/** What it means, in a few words; empty where the word says it. */
	readonly meaning: string;
	/** A colour of the theme, by name. */
	readonly tone: 'ok' | 'warn' | 'bad' | 'trap' | 'limit' | 'fg-muted';
}

export const endingLooks: Readonly<Record<ShownEnd, EndingLook>> = {
	result: { icon: 'check', word: 'Result', meaning: '', tone: 'ok' },
	empty: { icon: 'check', word: 'Done', meaning: 'The tool returned nothing.', tone: 'ok' },
	denials: {
		icon: 'minus',
		word: 'Result',
		meaning: 'The tool got on without what was denied.',
		tone: 'fg-muted',
	},
	err: {
		icon: 'warning',
		word: 'err',
		meaning: 'The tool returned a WIT err. MCP does not count it as an error.',
		tone: 'warn',
	},
	error: { icon: 'fault', word: 'Error', meaning: 'The call failed: isError is true.', tone: 'bad' },
	trap: { icon: 'trap', word: 'Trap', meaning: 'The component broke off: isError is true.', tone: 'trap' },
	limit: {
		icon: 'limit',
		word: 'Limit reached',
		meaning: 'The call was ended: isError is true.',
		tone: 'limit',
	},
	stopped: {
		icon: 'stop',
		word: 'Stopped',
		meaning: 'What it did until then is in the activity.',
		tone: 'fg-muted',
	},
	none: { icon: 'fault', word: 'No result', meaning: '', tone: 'bad' },
};

/** How a result that came back ended. `call` is its record, where there is one. */
export function endingOf(read: ReadResult, call: ToolCallEntry | null, wasDenied: boolean): ShownEnd {
	if (read.status === 'error') {
		if (call?.end === 'trapped') return 'trap';
		return call?.end === 'limited' ? 'limit' : 'error';
	}
	if (read.side === 'err') return 'err';
	if (wasDenied) return 'denials';
	return read.status === 'empty' ? 'empty' : 'result';
}
