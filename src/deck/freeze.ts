import { freezeWorld } from '../core/freeze';
import type { World } from '../core/world';
import type { Deck, Notes } from './deck';
import { savedCallsOf } from './recording';

/** What a freeze changed, so that it can be taken back. */
export interface DeckFreeze {
	readonly before: { readonly world: World; readonly notes: Notes };
	/** What could not be carried over exactly, a sentence each. */
	readonly remarks: readonly string[];
}

/**
 * Makes the live world of a session a fixed one, so that whoever opens it sees the same activity. Files go back to what they were before
 * the calls that were made since the last change, and, where no call was saved, these calls are saved and expected to go as they went.
 */
export function freezeDeck(
	deck: Deck,
	{ now, seed }: { readonly now: number; readonly seed: string },
): DeckFreeze {
	const { world, notes, recording, activity, outlet } = deck;
	const { world: frozen, remarks: met } = freezeWorld(world, {
		files: recording.files ?? world.files,
		met: recording.met,
		outlet,
		start: new Date(Math.floor(recording.startedAt ?? now)).toISOString(),
		timeOf: Date.parse,
		seed,
	});
	const made = savedCallsOf(recording.calls, activity);
	// The files as calls change them, so that what is on record is not taken for out of date: the frozen world decides as the live one did.
	deck.setFiles(frozen.files);
	const remarks = [...met];
	const fixed = deck.setWorld(frozen);
	if (!fixed.ok) remarks.push(fixed.error);
	if ((notes.calls ?? []).length === 0 && made.length > 0) {
		const saved = deck.setNotes({ ...notes, calls: made.map((call) => outlet.call(call)) });
		if (!saved.ok) remarks.push(saved.error);
	}
	return { before: { world, notes }, remarks };
}

/** Makes a fixed world live again; routes stay, and answer before the live network does. */
export function unfreezeDeck(deck: Deck): void {
	deck.setWorld({ ...deck.world, clock: 'live', random: 'live', network: 'routes-then-live' });
}
