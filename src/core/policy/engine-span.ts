import { releaseIds } from './engines';
import type { EngineId } from './types';

/** Several engines in few words: neighbouring releases as a range, such as `Wassette 0.2.0 to 0.7.1, as documented`. */
export function engineSpan(engines: readonly EngineId[]): string {
	const spans: { first: EngineId; last: EngineId }[] = [];
	for (const id of releaseIds.filter((release) => engines.includes(release))) {
		const last = spans.at(-1);
		if (last && releaseIds.indexOf(id) === releaseIds.indexOf(last.last) + 1) last.last = id;
		else spans.push({ first: id, last: id });
	}
	const parts = spans.map(({ first, last }) => (first === last ? first : `${first} to ${last}`));
	return [
		...(parts.length > 0 ? [`Wassette ${parts.join(', ')}`] : []),
		...(engines.includes('documented') ? [parts.length > 0 ? 'as documented' : 'As documented'] : []),
	].join(', ');
}
