import { ok } from '../core/result';
import { headOf } from '../deck/session-head';
import type { SessionStore } from '../deck/session-store';

/** A store that keeps nothing and knows nothing: a frame in somebody's page must not see the sessions of this origin. */
export const noSessions: SessionStore = {
	list: async () => [],
	get: async () => null,
	put: async (session) => ok(headOf(session)),
	held: () => ({ savedAt: [], digests: [], keyOf: () => undefined }),
	fold: async () => {},
	rename: async () => {},
	remove: async () => null,
	bytes: async () => null,
	clear: async () => {},
};
