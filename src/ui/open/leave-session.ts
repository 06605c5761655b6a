import type { Outgoing } from '../../core/outlet';
import { isLink, printScenario, type Scenario } from '../../core/scenario';
import type { Deck } from '../../deck/deck';
import { captureScenario } from '../../deck/scenario';
import type { ScenarioDesk } from '../scenario-desk.svelte';
import type { Session } from '../session.svelte';
import type { Sessions } from '../sessions/sessions.svelte';
import { sourceInAddress } from './page-address';
import type { LeftSession, Trail } from './trail.svelte';

/** Characters of a link that an address is given by the page itself; browsers and people cope with so many. */
const mostInAddress = 8_000;

/** Bytes of a component from a file that a link carries inside. */
const embedUpTo = 16 * 2 ** 10;

/** The same where a link is kept for the way back: this browser may have let go of the bytes by then. */
const embedForWayBack = 512 * 2 ** 10;

/** The session as it is, to return to. */
export function leaveSession(
	{ console, selection }: Pick<Session, 'console' | 'selection'>,
	{ components, engine, world, limits, notes, activity }: Deck,
	sessions: Sessions,
): LeftSession {
	return {
		contents: { components, engine, world, limits, notes, activity },
		console: console.keep(),
		toolKey: selection.tool?.key,
		...sessions.current,
	};
}

/** Brings a session back in the place of the one that is here, which is kept. */
export async function returnToSession(
	left: LeftSession,
	{ console, selection }: Pick<Session, 'console' | 'selection'>,
	deck: Deck,
	{ opening, sessions }: Pick<ScenarioDesk, 'opening' | 'sessions'>,
): Promise<void> {
	opening.withdraw();
	await sessions.returnTo(left);
	deck.replace(left.contents);
	console.restore(left.console);
	const tool = selection.tools.find(({ key }) => key === left.toolKey);
	if (tool) selection.selectTool(tool);
	void sessions.keep();
}

/** The session as it is now, as the fragment of a link. */
export function packSession(deck: Deck): Promise<Outgoing<string>> {
	const scenario = captureScenario(deck, { embedUpTo: embedForWayBack });
	return import('./fragment').then(({ encodeLink }) => encodeLink(scenario));
}

/** What was packed; null where it cannot be read. */
export async function unpackSession(link: string): Promise<Scenario | null> {
	const { decodeLink } = await import('./fragment');
	const decoded = decodeLink(link);
	return decoded.ok ? decoded.value : null;
}

/** Lets the address stand for what was opened: by the link it came in, else by one of its own, or by its digest where that would be too long. */
export async function nameInAddress(scenario: Scenario, deck: Deck, trail: Trail): Promise<void> {
	if (sourceInAddress() !== null && !trail.knows) return trail.opened(null, false);
	const { decodeLink, encodeLink, digestOf } = await import('./fragment');
	const there = isLink(location.hash) ? decodeLink(location.hash) : null;
	if (there?.ok && printScenario(there.value) === printScenario(scenario))
		return trail.opened(null, trail.knows);
	const link = encodeLink(captureScenario(deck, { embedUpTo }));
	trail.opened(link.length <= mostInAddress ? link : `sha256-${await digestOf(scenario)}`, true);
}
