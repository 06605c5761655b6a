import { coversPart, type ReachPart } from './reach';

/** What may cover anything of its kind, whatever it begins with. */
const anything = Symbol('anything');

/** The first part that covers a given one, and that `accepts` says yes to where it is given. */
type FindCover = (part: ReachPart, accepts?: (cover: ReachPart) => boolean) => ReachPart | undefined;

/**
 * Finds among parts what covers another one, without asking each: a policy may hold thousands, and most are about another host, or begin with
 * another name.
 */
export function coverIndex(parts: readonly ReachPart[]): FindCover {
	const known = new Map<string | typeof anything, ReachPart[]>();
	for (const part of parts) {
		const key = keyOf(part);
		const some = known.get(key);
		if (some) some.push(part);
		else known.set(key, [part]);
	}
	return (part, accepts = () => true) => {
		const isCover = (other: ReachPart) => coversPart(other, part) && accepts(other);
		const key = keyOf(part);
		return (
			(key === anything ? undefined : known.get(key)?.find(isCover)) ?? known.get(anything)?.find(isCover)
		);
	};
}

/** What two parts have in common where one covers the other, unless the wider one may cover anything. */
function keyOf(part: ReachPart): string | typeof anything {
	switch (part.kind) {
		case 'storage': {
			const [first = '*'] = part.segments;
			return first.includes('*') ? anything : `storage ${first}`;
		}
		case 'network':
			return part.cidr || part.host.includes('*') ? anything : `network ${part.host}`;
		case 'environment':
			return part.key === null ? anything : `environment ${part.key}`;
	}
}
