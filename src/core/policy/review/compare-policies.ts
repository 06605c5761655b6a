import { parsePolicy } from '../read/parse';
import { createEvaluator } from '../rule/evaluate';
import { explain } from '../rule/explain';
import { requestWords } from '../rule/request-words';
import type { AccessRequest, Decision, EngineId, WorldView } from '../types';
import { rulesUnder } from './check-policy';
import { beyond } from './compare-reach';
import { policyReachOf } from './reach';
import { reachWords, type ReachWords } from './reach-words';

/** What changes in effect from one policy to another one under an engine. */
export interface PolicyDifference {
	readonly engine: EngineId;
	/** What is let through by the new policy and not by the old one; lines are the new one's, or the old one's for what it denied. */
	readonly gained: readonly ReachWords[];
	/** What is let through by the old policy and not by the new one. */
	readonly lost: readonly ReachWords[];
	/** Limits of memory in bytes, null for none; null where they are the same. */
	readonly memory: { readonly before: number | null; readonly after: number | null } | null;
	/** What every call is answered with, where every call fails; null where that is the same for both. */
	readonly failure: { readonly before: string | null; readonly after: string | null } | null;
	/** Whether names may be looked up, where that changes; null where it does not. */
	readonly nameLookup: { readonly before: boolean; readonly after: boolean } | null;
}

/** A request as both policies decide it. */
export interface RequestDifference {
	readonly engine: EngineId;
	readonly request: AccessRequest;
	/** Such as `read /data/a.txt`. */
	readonly name: string;
	readonly before: Decision;
	readonly after: Decision;
	/** Sentences for a person. */
	readonly explanation: { readonly before: string; readonly after: string };
	/** Whether one is allowed and the other denied. */
	readonly differs: boolean;
}

type PolicyText = string | null;

/** Holds two policies against each other, whatever is asked for. */
export function comparePolicies(
	before: PolicyText,
	after: PolicyText,
	engine: EngineId,
	world: WorldView,
): PolicyDifference {
	const parsed = (text: PolicyText) => (text === null ? null : parsePolicy(text));
	const [old, now] = [parsed(before), parsed(after)];
	const [was, is] = [policyReachOf(old, engine, world), policyReachOf(now, engine, world)];
	const rules = [now, old].flatMap((policy) => (policy ? rulesUnder(policy, engine) : []));
	const changed = <T>(one: T, other: T) => (one === other ? null : { before: one, after: other });
	return {
		engine,
		gained: reachWords(beyond(is, was), rules),
		lost: reachWords(beyond(was, is), rules),
		memory: changed(was.memory, is.memory),
		failure: changed(was.failure, is.failure),
		nameLookup: changed(was.nameLookup, is.nameLookup),
	};
}

/** Whether anything at all changes in effect. */
export const isDifferent = ({ gained, lost, memory, failure, nameLookup }: PolicyDifference): boolean =>
	gained.length + lost.length > 0 || memory !== null || failure !== null || nameLookup !== null;

/** Asks both policies about the same requests. */
export function compareRequests(
	before: PolicyText,
	after: PolicyText,
	requests: readonly AccessRequest[],
	{ engine, world }: { readonly engine: EngineId; readonly world: WorldView },
): readonly RequestDifference[] {
	const was = createEvaluator(before, engine, world);
	const is = createEvaluator(after, engine, world);
	return requests.map((request) => {
		const both = { before: was(request), after: is(request) };
		return {
			engine,
			request,
			name: requestWords(request),
			...both,
			explanation: { before: explain(both.before), after: explain(both.after) },
			differs: both.before.outcome !== both.after.outcome,
		};
	});
}
