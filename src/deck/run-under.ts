import type { HostCall } from '../core/activity';
import type { CallReport, PortResponse } from '../core/call';
import type { Confinement } from '../core/isolation';
import { err, ok, type Result } from '../core/result';
import type { Json } from '../core/wit/types';
import type { CallRefusal, Deck } from './deck';
import type { DeckParts } from './deck-parts';
import { notAloneText } from './links';
import { planCall, playCall } from './play-call';

/** What a call did under a confinement that is not the session's own. */
export interface ConfinedRun {
	readonly report: CallReport;
	/** Every host call, in order, as the sandbox and the page reported them. */
	readonly hostCalls: readonly HostCall[];
}

/** Host calls kept of one rehearsal; a tool that makes more is cut off there. */
const mostHostCalls = 20_000;

/**
 * Runs a component's tool under a given confinement, in a fresh sandbox like any other call. It leaves no trace in the session: the
 * activity does not show it, and no file that it changes is kept. Nothing leaves the machine because of it: requests that the
 * grants allow are answered by the world's routes, and where none matches they are recorded and not sent. A component that others provide
 * for is refused, because they would be missing.
 */
export type RunUnder = (
	component: string,
	tool: string,
	args: { readonly [name: string]: Json },
	confinement: Confinement,
	options?: { readonly signal?: AbortSignal },
) => Promise<Result<ConfinedRun, CallRefusal>>;

const notSent: PortResponse = {
	ok: false,
	error: {
		tag: 'destination-not-found',
		detail: 'Would have been reached; a comparison sends nothing.',
	},
};

/** The way to run calls beside a deck's session. */
export function createRunUnder(
	deck: Pick<Deck, 'components' | 'world' | 'limits'>,
	{ run, now, wait }: Pick<DeckParts, 'run' | 'now' | 'wait'>,
): RunUnder {
	return async (componentId, name, args, confinement, { signal } = {}) => {
		const component = deck.components.find(({ id }) => id === componentId);
		const tool = component?.tools.find((other) => other.name === name);
		if (!component || !tool)
			return err({ message: `Failed to find component for tool '${name}': Tool not found` });
		const linked = notAloneText(component);
		if (linked !== null) return err({ message: linked });
		const { world, limits } = deck;
		const planned = planCall({ component, tool, args }, { world, limits }, () => ok(confinement));
		if (!planned.ok) return err({ message: planned.error });

		const startedAt = now();
		const hostCalls: HostCall[] = [];
		const report = await playCall(planned.value, {
			run,
			wait,
			world: { routes: world.routes, network: 'routes-then-live' },
			fetchLive: async () => notSent,
			record: (_source, call) => {
				if (hostCalls.length < mostHostCalls) hostCalls.push(call);
				return undefined;
			},
			output: () => {},
			elapsed: () => now() - startedAt,
			signal,
		});
		return ok({ report, hostCalls });
	};
}
