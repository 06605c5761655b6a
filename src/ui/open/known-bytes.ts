import type { SessionParts } from '../parts';

/** The bytes of a digest that are in the session, or that this browser keeps; null where neither has them. */
export async function knownBytes(
	{ deck, store }: Pick<SessionParts, 'deck' | 'store'>,
	sha256: string,
): Promise<Uint8Array | null> {
	const loaded = deck.components.find((one) => one.sha256 === sha256 && !one.unbuilt);
	if (loaded) return loaded.bytes;
	try {
		return await store.bytes(sha256);
	} catch {
		return null;
	}
}
