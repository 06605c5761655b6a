import type { HostCall } from '../core/activity';
import type { CallReport, CallSetup, IncomingResponse } from '../core/call';
import type { Confinement } from '../core/isolation';
import { err, ok, type Result } from '../core/result';
import { snapshotFor } from '../core/snapshot';
import { argumentsFromJson } from '../core/wit';
import type { Json } from '../core/wit/types';
import { limitProgram } from '../component/limit-program';
import { missingText, surroundingsOf, type DeckParts } from './create-deck';
import type { CallRefusal, Deck } from './deck';
import { createNetwork } from './network';

/** What a call did under a confinement that is not the session's own. */
export interface Rehearsal {
	readonly report: CallReport;
	/** Every host call, in order, as the sandbox and the page reported them. */
	readonly hostCalls: readonly HostCall[];
}

/** Host calls kept of one rehearsal; a tool that makes more is cut off there. */
const mostHostCalls = 20_000;

/**
 * Runs a component's tool under a given confinement, in a fresh sandbox like any other call. It leaves no trace in the session: the
 * activity does not show it, and no file that it changes is kept. Nothing leaves the machine because of it: requests that the
 * grants allow are answered by the world's routes, and where none matches they are recorded and not sent.
 */
export type RunUnder = (
	component: string,
	tool: string,
	args: { readonly [name: string]: Json },
	confinement: Confinement,
	options?: { readonly signal?: AbortSignal },
) => Promise<Result<Rehearsal, CallRefusal>>;

const notSent: IncomingResponse = {
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
	return async (componentId, name, args, { grants, files, variables }, { signal } = {}) => {
		const component = deck.components.find(({ id }) => id === componentId);
		const tool = component?.tools.find((other) => other.name === name);
		if (!component || !tool)
			return err({ message: `Failed to find component for tool '${name}': Tool not found` });
		if (tool.uncallable) return err({ message: tool.uncallable });
		if (component.missing.length > 0 && !component.standsIn)
			return err({ message: missingText(component.missing) });
		const fits = argumentsFromJson(tool.function, args);
		if (!fits.ok) return err({ message: fits.error });
		const { world } = deck;
		const memoryBytes = Math.min(grants.memory?.bytes ?? Infinity, deck.limits.memoryBytes);
		const limits = { ...deck.limits, memoryBytes };
		const limited = limitProgram(component.program, memoryBytes);
		if (!limited.ok) return err({ message: limited.error });

		const startedAt = now();
		const hostCalls: HostCall[] = [];
		const record = (call: HostCall) => void (hostCalls.length < mostHostCalls && hostCalls.push(call));
		const granted = new Set(grants.variables.map(({ key }) => key));
		const setup: CallSetup = {
			function: tool.function,
			arguments: args,
			grants,
			files: snapshotFor(files, grants),
			variables: [...variables].filter(([key]) => granted.has(key)),
			surroundings: surroundingsOf(world, tool.function.entry, args),
			limits,
			standIns: component.standsIn ? component.standIns : undefined,
		};
		const report = await run(
			limited.value,
			setup,
			{
				record,
				output: () => {},
				request: createNetwork({
					grants,
					world: { routes: world.routes, network: 'routes-then-live' },
					fetchLive: async () => notSent,
					record,
					elapsed: () => now() - startedAt,
					wait,
				}),
			},
			{ signal },
		);
		return ok({ report, hostCalls });
	};
}
