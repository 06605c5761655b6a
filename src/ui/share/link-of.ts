import { phrase, type Outgoing } from '../../core/outlet';
import { encodeLink } from '../../core/scenario';
import type { Deck } from '../../deck/deck';
import { captureScenario } from '../../deck/scenario';

/** A link to the session as it is. Components from files of up to 16 KiB are inside. */
export function linkOf(deck: Deck): Outgoing<string> {
	const page = deck.outlet.text(location.href.replace(/[?#].*/s, ''));
	return phrase`${page}#${encodeLink(captureScenario(deck, { embedUpTo: 16 * 2 ** 10 }))}`;
}
