import {
	compile,
	engines,
	failureProblem,
	newestRelease,
	parsePolicy,
	resolveEngine,
	type ParsedPolicy,
} from '../../core/policy';
import type { PolicyFailure } from '../../core/policy';
import type { EngineId, Grants, Problem, RuleRef, WorldView } from '../../core/policy/types';
import { err, ok, type Result } from '../../core/result';

/** Everything the page says of a policy text under one engine, before anything has run. */
export interface PolicyFacts {
	/**
	 * `none` no policy is attached; `invalid` the text does not parse and grants nothing; `failing` it parses, and this engine answers
	 * every call with an error; `usable` otherwise.
	 */
	readonly state: 'none' | 'invalid' | 'failing' | 'usable';
	/** Those that concern the engine. */
	readonly problems: readonly Problem[];
	/** The rules of a text that parses, in its order. */
	readonly rules: readonly RuleRef[];
	readonly parsed: ParsedPolicy | null;
	readonly grants: Result<Grants, PolicyFailure>;
}

/** Looks at a policy text once. */
export function policyFacts(text: string | null, engine: EngineId, world: WorldView): PolicyFacts {
	if (text === null)
		return {
			state: 'none',
			problems: [],
			rules: [],
			parsed: null,
			grants: compile(null, engine, world),
		};
	const parsed = parsePolicy(text);
	const grants = compile(parsed, engine, world);
	const known = resolveEngine(engine);
	const id = known.ok ? known.value.id : engine;
	const concerning = parsed.problems.filter(({ engines: some }) => !some || some.includes(id));
	return {
		state: parsed.policy === null ? 'invalid' : grants.ok ? 'usable' : 'failing',
		// It is what every call ends in, so it comes first.
		problems: grants.ok ? concerning : [failureProblem(grants.error, text), ...concerning],
		rules: parsed.policy?.ruleRefs ?? [],
		parsed,
		grants,
	};
}

/** An engine by the id it was asked for, for its label. */
export function engineLabel(id: EngineId): string {
	return engines.find((engine) => engine.id === id)?.label ?? `Wassette ${id}`;
}

/** The engine to compare with: `documented`, or the newest release where that is `documented` itself. */
export const counterpart = (engine: EngineId): EngineId =>
	engine === 'documented' ? newestRelease : 'documented';

/** Splits problems by severity, as counts. */
export const countProblems = (problems: readonly Problem[]) => ({
	errors: problems.filter(({ severity }) => severity === 'error').length,
	warnings: problems.filter(({ severity }) => severity === 'warning').length,
});

/** Applies a problem's repair to a text; an error where the text is no longer the one it was made for. */
export function applyFix(text: string, problem: Problem): Result<string, string> {
	const { fix } = problem;
	if (!fix || fix.to > text.length) return err('The text has changed since');
	return ok(text.slice(0, fix.from) + fix.text + text.slice(fix.to));
}
