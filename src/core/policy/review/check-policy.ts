import { itemAt } from '../../item-at';
import { engines } from '../engines';
import type { PolicyRule } from '../policy';
import { parsePolicy, type ParsedPolicy } from '../read/parse';
import { SourceLines } from '../read/source-lines';
import { assumedWorld } from '../rule/assumed-world';
import { compile } from '../rule/compile';
import type { EngineId, Problem, RuleRef, WorldView } from '../types';
import { allowedParts, beyond } from './compare-reach';
import { deadRules, type DeadRule } from './dead-rules';
import { failureProblem } from './failure-problem';
import { policyReachOf, type PolicyReach } from './reach';
import { reachWords, type ReachWords } from './reach-words';

/** A rule that can never decide, or makes no difference where it does. */
export interface ReportedRule extends RuleRef {
	/** A sentence without a full stop. */
	readonly why: string;
	/** Engines for which it is so, of those that were asked. */
	readonly engines: readonly EngineId[];
}

/** What a policy lets through, in words, under engines that agree on it. */
export interface ReportedGrants {
	readonly engines: readonly EngineId[];
	/** What every call is answered with, where every call fails. */
	readonly failure: string | null;
	/** A deny rule that wins over some of it stands among them as `not …`. */
	readonly grants: readonly ReachWords[];
	/** Bytes; null is no limit. */
	readonly memory: number | null;
}

/** How an engine that was not asked differs from the newest one that was. */
export interface ReportedDifference {
	readonly engines: readonly EngineId[];
	readonly failure: string | null;
	readonly more: readonly ReachWords[];
	readonly less: readonly ReachWords[];
	/** Its limit of memory in bytes, null for none; undefined where that is the same. */
	readonly memory?: number | null;
}

/** All that can be said of a policy text before anything runs. */
export interface PolicyReport {
	readonly engines: readonly EngineId[];
	/** Those that concern an engine that was asked, in the order of the text; `engines` is absent where it concerns all of these. */
	readonly problems: readonly Problem[];
	readonly dead: readonly ReportedRule[];
	readonly grants: readonly ReportedGrants[];
	/** Of all engines that were not asked, neighbours that say the same together. */
	readonly elsewhere: readonly ReportedDifference[];
}

/**
 * Looks at a policy text under engines, which have to be known. Without a world, every directory that a rule names is taken to be there.
 * Bounded as `parsePolicy` is, and never throws.
 */
export function checkPolicy(
	text: string,
	asked: readonly EngineId[],
	world: WorldView = assumedWorld(),
): PolicyReport {
	const parsed = parsePolicy(text);
	const lines = new SourceLines(text);
	const reaches = new Map(engines.map(({ id }) => [id, policyReachOf(parsed, id, world)]));
	const reachUnder = (id: EngineId) => reaches.get(id) ?? policyReachOf(parsed, id, world);
	const dead = mergedDead(parsed, asked, reachUnder);
	const problems = [
		...parsed.problems
			.filter((problem) => !problem.engines || problem.engines.some((id) => asked.includes(id)))
			.map((problem) => within(problem, asked)),
		...failures(parsed, text, asked, world),
	];
	return {
		engines: asked,
		problems: inOrder([
			...problems,
			...dead
				.filter(({ rule }) => !isTold(rule, problems))
				.map((one) => within(deadProblem(one, lines), asked)),
		]),
		dead: dead.map(({ rule, why, engines }) => ({ ...rule.ref, why, engines })),
		grants: grouped(asked, (id) => grantsUnder(reachUnder(id), rulesUnder(parsed, id))),
		elsewhere: grouped(
			engines.map(({ id }) => id).filter((id) => !asked.includes(id)),
			(id) => differenceFrom(reachUnder(itemAt(asked, -1)), reachUnder(id), parsed),
		).filter(
			({ failure, more, less, memory }) =>
				failure !== null || more.length + less.length > 0 || memory !== undefined,
		),
	};
}

/** The rules that an engine reads: `documented` reads some texts that releases refuse. */
export const rulesUnder = ({ policy, documented }: ParsedPolicy, engine: EngineId): readonly PolicyRule[] =>
	(engine === 'documented' ? documented : policy)?.rules ?? [];

/** A problem with the engines that it concerns of those that were asked. */
function within(problem: Problem, asked: readonly EngineId[]): Problem {
	const { engines: concerned, ...rest } = problem;
	const some = concerned?.filter((id) => asked.includes(id)) ?? asked;
	return some.length === asked.length ? rest : { ...rest, engines: some };
}

function failures(
	parsed: ParsedPolicy,
	text: string,
	asked: readonly EngineId[],
	world: WorldView,
): readonly Problem[] {
	return grouped(asked, (id) => {
		const compiled = compile(parsed, id, world);
		return { problem: compiled.ok ? null : failureProblem(compiled.error, text) };
	}).flatMap(({ problem, engines }) => (problem ? [within({ ...problem, engines }, asked)] : []));
}

interface MergedDead extends DeadRule {
	readonly why: string;
	readonly engines: readonly EngineId[];
}

function mergedDead(
	parsed: ParsedPolicy,
	asked: readonly EngineId[],
	reachUnder: (id: EngineId) => PolicyReach,
): readonly MergedDead[] {
	const merged = new Map<string, MergedDead>();
	for (const id of asked)
		for (const one of deadRules(rulesUnder(parsed, id), reachUnder(id))) {
			const why = whyDead(
				one,
				parsed.problems.filter(({ engines: some }) => !some || some.includes(id)),
			);
			const key = JSON.stringify([one.rule.ref, why]);
			merged.set(key, { ...one, why, engines: [...(merged.get(key)?.engines ?? []), id] });
		}
	return [...merged.values()].sort((a, b) => a.rule.ref.line - b.rule.ref.line);
}

/** Problems that say already why a rule is without effect. */
const tellsWhy = new Set([
	...['deny-ignored', 'host-wildcard', 'host-dead', 'host-invalid', 'host-scheme', 'storage-scheme'],
	...['cidr-ignored', 'cidr-invalid', 'duplicate', 'covered', 'does-not-narrow'],
]);

const isTold = ({ ref, lastLine }: PolicyRule, problems: readonly Problem[]): boolean =>
	problems.some(({ code, line }) => tellsWhy.has(code) && line >= ref.line && line <= lastLine);

function whyDead({ rule, code, by }: DeadRule, problems: readonly Problem[]): string {
	const { ref, lastLine, kind } = rule;
	const other = by?.ref.line ?? '?';
	if (code === 'denied') return `Line ${other} denies all that this rule allows, and wins`;
	if (code === 'repeated')
		return kind === 'memory'
			? `The limit of line ${other} counts, and not this one`
			: `Line ${other} ${rule.effect === 'deny' ? 'denies' : 'grants'} this already`;
	const told = problems.find(
		(problem) => tellsWhy.has(problem.code) && problem.line >= ref.line && problem.line <= lastLine,
	);
	return told?.message ?? (kind === 'memory' ? 'Memory is not limited' : 'Nothing comes of this rule');
}

function deadProblem({ rule, why, code, engines }: MergedDead, lines: SourceLines): Problem {
	const { from, to } = rule.range;
	return {
		severity: 'warning',
		code: `dead-${code}`,
		message: code === 'without-effect' ? why : `This rule never makes a difference: ${lowered(why)}`,
		line: lines.line(from),
		column: lines.column(from),
		endLine: lines.line(to),
		endColumn: lines.column(to),
		engines,
	};
}

const lowered = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

const inOrder = (problems: readonly Problem[]) =>
	[...problems].sort((a, b) => a.line - b.line || a.column - b.column);

function grantsUnder(reach: PolicyReach, rules: readonly PolicyRule[]) {
	return {
		failure: reach.failure,
		grants: [
			...reachWords(allowedParts(reach), rules),
			...reachWords(reach.denies, rules).map((one) => ({ ...one, words: `not ${one.words}` })),
		],
		memory: reach.memory,
	};
}

function differenceFrom(usual: PolicyReach, other: PolicyReach, parsed: ParsedPolicy) {
	return {
		failure: other.failure === usual.failure ? null : other.failure,
		more: reachWords(beyond(other, usual), rulesUnder(parsed, other.engine)),
		less: other.failure === null ? reachWords(beyond(usual, other), rulesUnder(parsed, usual.engine)) : [],
		...(other.failure === null && other.memory !== usual.memory && { memory: other.memory }),
	};
}

/** What is said for each engine, once for those of which the same is said. */
export function grouped<T extends object>(
	ids: readonly EngineId[],
	said: (id: EngineId) => T,
): readonly (T & { readonly engines: readonly EngineId[] })[] {
	const groups = new Map<string, T & { readonly engines: EngineId[] }>();
	for (const id of ids) {
		const what = said(id);
		const known = groups.get(JSON.stringify(what));
		if (known) known.engines.push(id);
		else groups.set(JSON.stringify(what), { ...what, engines: [id] });
	}
	return [...groups.values()];
}
