import type { Deck } from '../../deck/deck';
import type { ComponentBytes } from '../../deck/session-store';

/** What of a session is kept, part by part: each is another object once it has changed. */
export const stateOf = ({ components, engine, world, limits, notes }: Deck): readonly unknown[] => [
	components,
	world,
	engine,
	limits,
	notes,
];

/** Whether nothing changed from one state to the other. */
export const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
	a.length === b.length && a.every((item, index) => Object.is(item, b[index]));

/** The bytes of its components, by their digests; what is not built yet has none. */
export const componentBytes = ({ components }: Deck): ComponentBytes =>
	new Map(components.flatMap(({ sha256, bytes, unbuilt }) => (unbuilt ? [] : [[sha256, bytes] as const])));

/** A name for a session that no other one has. */
export const newSessionId = (): string =>
	Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36)).join('');
