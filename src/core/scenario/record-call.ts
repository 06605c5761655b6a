import { itemAt } from '../item-at';
import type { Outgoing } from '../outlet';
import type { Expectation, ObservedCall } from './check-call';

/** Characters of a result's text that an expectation takes over; longer texts are expected by their beginning. */
export const recordedText = 2_000;

/** Decisions that an expectation takes over at most. */
const recordedDecisions = 1_000;

/** What policies speak of. The clock, randomness and output are always allowed, and would only be noise in an expectation. */
const governed: ReadonlySet<string> = new Set(['storage', 'network', 'environment']);

/**
 * What a call did, as what is expected of it from now on: its outcome, its text up to `recordedText` characters, and its governed
 * decisions. A part with nothing in it is left out, and so is not checked.
 */
export function expectationOf({ outcome, text, activity }: Outgoing<ObservedCall>): Expectation {
	const decisions = activity
		.filter(({ capability }) => governed.has(capability))
		// A loop asks the same thing again and again; once in a row says it.
		.filter((entry, index, all) => index === 0 || !isSame(entry, itemAt(all, index - 1)))
		.slice(0, recordedDecisions);
	return {
		outcome,
		...(text === '' ? {} : { text: text.slice(0, recordedText) }),
		...(decisions.length === 0 ? {} : { activity: decisions }),
	};
}

/** Where two servers answered the same call differently, as a sentence; null where they did not. Host calls are not compared. */
export function compareObserved(
	one: { readonly name: string; readonly observed: ObservedCall },
	other: { readonly name: string; readonly observed: ObservedCall },
): string | null {
	if (one.observed.outcome !== other.observed.outcome)
		return `${one.name} ended in ${words[one.observed.outcome]}, ${other.name} in ${words[other.observed.outcome]}.`;
	const [a, b] = [one.observed.text, other.observed.text];
	if (a === b) return null;
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	return `The texts differ from character ${at + 1} on: ${one.name} has ${around(a, at)}, ${other.name} has ${around(b, at)}.`;
}

type Entry = ObservedCall['activity'][number];

const words = { result: 'a result', err: 'an err', error: 'an error' } as const;

const isSame = (a: Entry, b: Entry) =>
	a.capability === b.capability && a.target === b.target && a.outcome === b.outcome;

const around = (text: string, at: number) =>
	at >= text.length ? 'nothing more' : JSON.stringify(text.slice(at, at + 60));
