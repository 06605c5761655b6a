import { releaseIds } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import type { ReleaseRun, Reproduction } from '../core/reproduction';
import { checkDecisions, type SavedCall } from '../core/scenario';
import { emptyWorld } from '../core/world';
import { viewOf } from '../core/world-view';
import type { Deck } from '../deck/deck';
import type { ConsoleClient } from './client';
import { runSavedCalls } from './run-saved-calls';
import type { StepResult } from './saved-call';

/** A deck beside the session, that no pane shows, and a client of its own. Its live network sends nothing. */
export interface Rehearsal {
	readonly deck: Deck;
	readonly client: Pick<ConsoleClient, 'callTool' | 'tools' | 'refresh'>;
}

export interface ReproduceOptions {
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	readonly signal?: AbortSignal;
	/** Told after each release, with all that is known so far. */
	readonly onRun?: (reproduction: Reproduction) => void;
	/** Default: every release. */
	readonly engines?: readonly EngineId[];
}

/**
 * Runs a session's saved calls and what-if rows under every release, each on a copy of the session's world that only its routes answer.
 * The session itself is not touched. Where nothing is expected, what the session's own engine does stands for it.
 */
export async function reproduce(
	session: Pick<Deck, 'components' | 'engine' | 'world' | 'limits' | 'notes'>,
	{ deck, client }: Rehearsal,
	{ now, signal, onRun, engines = releaseIds }: ReproduceOptions,
): Promise<Reproduction> {
	const { components, world, limits, notes } = session;
	const rows = notes.expectations ?? [];
	const own = session.engine;
	const expected =
		rows.length > 0 || notes.calls?.some(({ expect }) => expect !== undefined) ? 'scenario' : 'engine';

	const play = async (engine: EngineId, calls: readonly SavedCall[]): Promise<readonly StepResult[]> => {
		deck.replace({ components, engine, limits, notes: {}, world: { ...world, network: 'routes' } });
		await client.refresh();
		return runSavedCalls({ client, record: deck, outlet: () => deck.outlet, now }, calls, { signal });
	};
	const calls =
		expected === 'engine' ? observedCalls(await play(own, notes.calls ?? [])) : (notes.calls ?? []);

	let reproduction: Reproduction = { runs: [], engines, expected, own };
	for (const engine of engines) {
		if (signal?.aborted) break;
		// A row that names an engine says something of that one alone.
		const asked = rows.filter((row) => row.engine === undefined || row.engine === engine);
		const decisions = checkDecisions(asked, { components, engine, view: viewOf(world) });
		const steps = await play(engine, calls);
		const isWhole = steps.length === calls.length && steps.every(({ status }) => status !== 'stopped');
		const difference = firstDifference(steps) ?? decisions.find(({ passed }) => !passed)?.message ?? null;
		reproduction = {
			...reproduction,
			runs: [
				...reproduction.runs,
				{
					engine,
					behaves: difference !== null ? false : isWhole ? true : null,
					difference,
					calls: steps.map(callOf),
				},
			],
		};
		onRun?.(reproduction);
	}
	// Nothing of the session stays in a deck that nobody sees.
	deck.replace({ components: [], engine: own, limits, notes: {}, world: emptyWorld });
	return reproduction;
}

/** The calls, each with what it did in place of what is expected of it; texts may be chance, outcomes and decisions are not. */
const observedCalls = (steps: readonly StepResult[]): readonly SavedCall[] =>
	steps.map(({ call, observed }) => ({
		...call,
		expect: observed ? { outcome: observed.outcome, activity: observed.activity.slice(0, 100) } : undefined,
	}));

function firstDifference(steps: readonly StepResult[]): string | null {
	for (const [at, { call, difference }] of steps.entries()) {
		if (difference === null) continue;
		return steps.length > 1 ? `Call ${at + 1}, ${call.tool}: ${difference.message}` : difference.message;
	}
	return null;
}

const callOf = ({ call, observed }: StepResult): ReleaseRun['calls'][number] => ({
	tool: call.tool,
	outcome: observed?.outcome ?? null,
	allowed: observed?.activity.filter(({ outcome }) => outcome === 'allow').length ?? 0,
	denied: observed?.activity.filter(({ outcome }) => outcome === 'deny').length ?? 0,
});
