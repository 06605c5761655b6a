import type { Deck } from '../../deck/deck';

/** Says since when each component has had a policy. */
export interface AttachmentTimes {
	/** Whole seconds since the epoch; 0 where the component has no policy. */
	since(id: string): number;
}

/** Remembers when each component was first seen with a policy; `wallNow` gives milliseconds since the epoch. */
export function createAttachmentTimes(deck: Deck, wallNow: () => number): AttachmentTimes {
	const times = new Map<string, number>();
	const look = () => {
		const attached = new Set(deck.components.filter(({ policy }) => policy !== null).map(({ id }) => id));
		for (const id of attached) if (!times.has(id)) times.set(id, Math.floor(wallNow() / 1_000));
		for (const id of times.keys()) if (!attached.has(id)) times.delete(id);
	};
	look();
	deck.subscribe(look);
	return {
		since(id) {
			look();
			return times.get(id) ?? 0;
		},
	};
}
