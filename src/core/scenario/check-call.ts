import type { ActivityEntry } from '../activity';
import type { Scenario } from './schema';

/** A call saved with a scenario. */
export type SavedCall = NonNullable<Scenario['calls']>[number];

/** What a saved call is expected to do. */
export type Expectation = NonNullable<SavedCall['expect']>;

/** What a call did, in the terms that an expectation speaks of. */
export interface ObservedCall {
	/** `err` is a result too, one whose WIT `result` is an `err`; `error` is an MCP error: a trap, a limit, a refusal. */
	readonly outcome: 'result' | 'err' | 'error';
	/** The text content of the result, joined. */
	readonly text: string;
	/** Its host calls, in order. */
	readonly activity: NonNullable<Expectation['activity']>;
}

/** The first place where a call did something else than expected, as a sentence. */
export interface Difference {
	/** `flow` is a step that was not made, because what it takes was not there or the flow had stopped. */
	readonly at: 'outcome' | 'text' | 'activity' | 'flow';
	readonly message: string;
}

/**
 * Holds a call against what is expected of it; null where it fits. `text` has to occur in the text of the result. The entries of
 * `activity` have to occur among the host calls in their order; others may come between. What is not named is not checked.
 */
export function checkCall(expect: Expectation | undefined, observed: ObservedCall): Difference | null {
	if (expect?.outcome !== undefined && expect.outcome !== observed.outcome) {
		return {
			at: 'outcome',
			message: `Expected ${words[expect.outcome]}, but it ended in ${words[observed.outcome]}: ${shortened(observed.text)}`,
		};
	}
	if (expect?.text !== undefined && !observed.text.includes(expect.text)) {
		return {
			at: 'text',
			message: `Expected the text ${JSON.stringify(shortened(expect.text))}; the result is ${JSON.stringify(shortened(observed.text))}.`,
		};
	}
	let at = 0;
	for (const wanted of expect?.activity ?? []) {
		const found = observed.activity.findIndex((entry, index) => index >= at && sameCall(entry, wanted));
		if (found < 0) return { at: 'activity', message: missing(wanted, observed.activity, at) };
		at = found + 1;
	}
	return null;
}

/** The host calls of one tool call, as expectations name them. */
export function observedActivity(
	activity: readonly ActivityEntry[],
	callId: number,
): ObservedCall['activity'] {
	return activity.flatMap((entry) =>
		entry.kind === 'host-call' && entry.callId === callId
			? [{ capability: entry.capability, target: entry.target, outcome: entry.outcome }]
			: [],
	);
}

type Entry = ObservedCall['activity'][number];

const words = { result: 'a result', err: 'an err', error: 'an error' } as const;

const sameCall = (a: Entry, b: Entry) => sameTarget(a, b) && a.outcome === b.outcome;
const sameTarget = (a: Entry, b: Entry) => a.capability === b.capability && a.target === b.target;

function missing(wanted: Entry, activity: ObservedCall['activity'], from: number): string {
	const name = `${wanted.capability} ${shortened(wanted.target)}`;
	const expected = `Expected ${name} to be ${pastOf(wanted)}`;
	const other = activity.find((entry, index) => index >= from && sameTarget(entry, wanted));
	if (other) return `${expected}, but it was ${pastOf(other)}.`;
	const earlier = activity.some((entry, index) => index < from && sameCall(entry, wanted));
	return earlier
		? `${expected} once more, after host call ${from}; it was not asked for again.`
		: `${expected}, but it was not asked for.`;
}

const pastOf = ({ outcome }: Entry) => (outcome === 'allow' ? 'allowed' : 'denied');

const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
