import type { Outgoing, Outlet } from '../core/outlet';
import { seal } from '../core/outlet/outgoing';
import { largeContents } from '../core/scenario';
import { createSlices } from '../sandbox/slices';
import type { Deck } from './deck';
import { captureScenario } from './scenario';
import type { SavedSession } from './session-store';

/** The session of a deck, fit to be kept. `plain` makes the scenario one without proxies, which a database trips over. */
export function captureSession(
	deck: Deck,
	head: Pick<SavedSession, 'id' | 'name' | 'savedAt' | 'provisional'>,
	plain: <T>(scenario: T) => T,
): Outgoing<SavedSession> {
	// As bytes beside the scenario: their text would take a multiple of them, and is as large as all of the world for one small change.
	const contents = largeContents(deck.outlet.world(deck.world).files);
	const { world, ...scenario } = captureScenario(deck, { beside: contents });
	// Files were described just now, as texts: to copy thousands of them once more would take a task of its own.
	const { files, ...surroundings } = world ?? {};
	return seal({
		...head,
		name: head.name === null ? null : deck.outlet.text(head.name),
		scenario: { ...plain(scenario), world: { ...plain(surroundings), files } },
		contents,
	});
}

/** Looks through the files of a deck for secrets, in short tasks, so that to capture its session takes none that is long. `now` is in milliseconds. */
export async function lookAhead({ outlet, world }: Deck, now: () => number): Promise<void> {
	const contents = [...world.files.values()].flatMap((node) =>
		node.kind === 'file' && node.content ? [node.content] : [],
	);
	await outlet.ahead(contents, createSlices(now));
}

/** A session that was kept before, or came from a file, fit to be kept and to leave. */
export function letGo(session: SavedSession, outlet: Outlet): Outgoing<SavedSession> {
	const { name, scenario, contents } = session;
	return seal({
		...session,
		name: name === null ? null : outlet.text(name),
		scenario: outlet.scenario(scenario),
		...(contents && {
			contents: new Map([...contents].map(([path, content]) => [path, outlet.bytes(content)])),
		}),
	});
}
