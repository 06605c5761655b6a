import type { HostCall } from '../activity';
import { parseUrl } from '../url';
import type { Confinement } from './confinement';

/** What became of an attempt: it got what it wanted, the gate stopped it, or it was let in and nothing was there. */
export type PassageVerdict = 'let-through' | 'denied' | 'nothing-there';

/** One thing that a tool tried to reach, with all its attempts on it taken together. */
export interface Reached {
	readonly target: string;
	readonly verdict: PassageVerdict;
	readonly rule: HostCall['rule'];
	readonly reason: HostCall['reason'];
	/** How the latest attempt ended, in words; absent where the verdict says it all. */
	readonly detail?: string;
}

/** What one call tried to reach under one confinement, sorted by kind. */
export interface LetThrough {
	readonly read: readonly Reached[];
	readonly written: readonly Reached[];
	readonly hosts: readonly Reached[];
	readonly variables: readonly Reached[];
}

export type LetThroughKind = keyof LetThrough;

/** Operations that neither open nor list anything, so that they say nothing of what was read. */
const looksOnly = /^(stat|stat-at|metadata-hash|metadata-hash-at|get-flags|get-type)\b/;

/** Sorts the host calls of one call by what they tried to reach. Each target comes once, with the best that any attempt on it got. */
export function letThrough(
	calls: readonly HostCall[],
	{ files, originOf, variables }: Pick<Confinement, 'files' | 'originOf' | 'variables'>,
	worldVariables: Iterable<string> = [],
): LetThrough {
	const [read, written, hosts, seen] = [new Tally(), new Tally(), new Tally(), new Tally()];
	let asksForAll = false;
	for (const call of calls) {
		switch (call.capability) {
			case 'storage': {
				if (looksOnly.test(call.operation)) break;
				const isDirectory = files.get(call.target)?.kind === 'directory';
				// A directory that is opened is only a step on the way to what is in it.
				if (isDirectory && call.operation.startsWith('open-at') && call.outcome === 'allow') break;
				const origin = originOf(call.target);
				const detail = [
					...(isDirectory ? ['a directory, its names listed'] : []),
					...(call.outcome === 'allow' && !isAbsent(call) ? placeWords(call.target, origin) : []),
					...(isAbsent(call) && call.result !== 'no-entry' ? [`ended with ${call.result}`] : []),
				].join('; ');
				(call.access === 'write' ? written : read).add(call.target, call, isAbsent(call), detail);
				break;
			}
			case 'network': {
				const url = parseUrl(call.target);
				hosts.add(url.ok ? url.value.host : call.target, call, false, answerWords(call));
				break;
			}
			case 'environment':
				asksForAll ||= call.operation === 'get-environment';
				if (call.target !== '')
					seen.add(call.target, call, call.outcome === 'allow' && !variables.has(call.target));
				break;
			case 'clock':
			case 'link':
			case 'output':
			case 'random':
				break;
		}
	}
	// A guest that asks for its environment gets what it may see; the rest was asked for as well.
	if (asksForAll)
		for (const key of worldVariables)
			seen.add(key, { outcome: 'deny', rule: null, reason: 'no-rule' }, false);
	return { read: read.list, written: written.list, hosts: hosts.list, variables: seen.list };
}

const isAbsent = ({ outcome, result }: HostCall) => outcome === 'allow' && result !== undefined;

function placeWords(target: string, origin: string | null): readonly string[] {
	if (origin === null) return ['inside the container only'];
	return origin === target ? [] : [`${origin} of this world`];
}

function answerWords({ outcome, detail }: HostCall): string {
	return outcome === 'allow' ? (detail ?? '') : '';
}

const rank: Record<PassageVerdict, number> = { 'let-through': 2, 'nothing-there': 1, denied: 0 };

class Tally {
	readonly #found = new Map<string, Reached>();

	get list(): readonly Reached[] {
		return [...this.#found.values()];
	}

	add(
		target: string,
		call: Pick<HostCall, 'outcome' | 'rule' | 'reason'>,
		absent: boolean,
		detail = '',
	): void {
		const verdict = call.outcome === 'deny' ? 'denied' : absent ? 'nothing-there' : 'let-through';
		const known = this.#found.get(target);
		if (known && rank[known.verdict] >= rank[verdict]) return;
		const { rule, reason } = call;
		this.#found.set(target, { target, verdict, rule, reason, ...(detail && { detail }) });
	}
}
