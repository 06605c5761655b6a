import { localHostsOf, localHostsOfAddress, localHostsOfPolicy } from '../core/scenario';
import type { Deck } from '../deck/deck';
import type { Offer } from './embed-desk.svelte';

/**
 * Hosts on the reader's own machine or network that an offer, carried out, would let the page around have reached: what it brings itself, or,
 * where it changes how policies are read or who may call, what the policies that are open grant.
 */
export function localHostsOfOffer(
	offer: Offer,
	{ components, world }: Pick<Deck, 'components' | 'world'>,
	/** The page's own origin, which may be there itself. */
	own: string,
): readonly string[] {
	switch (offer.kind) {
		case 'fetch':
			return new URL(offer.address).origin === own ? [] : localHostsOfAddress(offer.address);
		case 'found':
		case 'scenario':
			return localHostsOf(offer.scenario);
		case 'policy':
			return [...new Set(localHostsOfPolicy(offer.policy, world.network))];
		case 'component':
			// It comes without a policy.
			return [];
		case 'engine':
		case 'access':
			return [...new Set(components.flatMap(({ policy }) => localHostsOfPolicy(policy, world.network)))];
	}
}
