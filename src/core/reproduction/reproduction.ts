import { itemAt } from '../item-at';
import type { EngineId } from '../policy/types';

/** How a scenario went under one engine. */
export interface ReleaseRun {
	readonly engine: EngineId;
	/** Null where it was stopped before its end. */
	readonly behaves: boolean | null;
	/** The first thing that was not as expected, as a sentence; null where there is none. */
	readonly difference: string | null;
	readonly calls: readonly {
		readonly tool: string;
		/** `err` is a result too, one whose WIT `result` is an `err`. Null where no answer came. */
		readonly outcome: 'result' | 'err' | 'error' | null;
		readonly allowed: number;
		readonly denied: number;
	}[];
}

/** A scenario under every release. */
export interface Reproduction {
	/** From old to new; those that have not been run yet are missing. */
	readonly runs: readonly ReleaseRun[];
	/** All that are run, from old to new. */
	readonly engines: readonly EngineId[];
	/**
	 * Where the expectations come from: `scenario` where it names some; `engine` where it names none, and what its own engine does stands
	 * for them.
	 */
	readonly expected: 'scenario' | 'engine';
	/** The engine of the scenario. */
	readonly own: EngineId;
}

/** Whether every release was run to its end. */
export const isComplete = ({ runs, engines }: Reproduction): boolean =>
	runs.length === engines.length && runs.every(({ behaves }) => behaves !== null);

/** Neighbours in `engines` of which something holds, as ranges from old to new. */
export function spansOf(
	engines: readonly EngineId[],
	holds: (engine: EngineId) => boolean,
): readonly { readonly first: EngineId; readonly last: EngineId }[] {
	const spans: { first: EngineId; last: EngineId }[] = [];
	let open = false;
	for (const engine of engines) {
		const here = holds(engine);
		if (here && open) itemAt(spans, -1).last = engine;
		else if (here) spans.push({ first: engine, last: engine });
		open = here;
	}
	return spans;
}

/** The verdict in a sentence, such as `Reproduced in 6 of 8 releases: 0.2.0 to 0.8.0.` */
export function reproductionWords(reproduction: Reproduction): string {
	const { runs, engines } = reproduction;
	const behaving = new Set(runs.filter(({ behaves }) => behaves).map(({ engine }) => engine));
	const spans = spansOf(engines, (engine) => behaving.has(engine)).map(({ first, last }) =>
		first === last ? first : `${first} to ${last}`,
	);
	const start = `Reproduced in ${behaving.size} of ${engines.length} releases`;
	const rest = isComplete(reproduction) ? '' : ` (${runs.length} run so far)`;
	return spans.length > 0 ? `${start}: ${spans.join(', ')}${rest}.` : `${start}${rest}.`;
}
