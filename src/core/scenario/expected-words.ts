import { inNumber } from '../in-number';
import type { SavedCall } from './check-call';

const outcomeWords = { result: 'a result', err: 'an err', error: 'an error' } as const;

/** What a saved call is expected to do, as the rest of a sentence. */
export function expectedWords(expect: SavedCall['expect']): string {
	if (!expect) return 'nothing in particular';
	const denied = expect.activity?.filter(({ outcome }) => outcome === 'deny').length ?? 0;
	const allowed = (expect.activity?.length ?? 0) - denied;
	const parts = [
		expect.outcome && outcomeWords[expect.outcome],
		expect.text !== undefined && `the text ${JSON.stringify(expect.text.slice(0, 80))}`,
		expect.activity &&
			`${inNumber(expect.activity.length, 'host call')} (${allowed} allowed, ${denied} denied)`,
	].filter((part) => typeof part === 'string');
	return parts.join(', ') || 'nothing in particular';
}
