import { err, ok, type Result } from '../../result';
import { compileDocumented } from './compile-documented';
import { compileRelease } from './compile-release';
import { resolveEngine, type Engine } from '../engines';
import { parsePolicy, type ParsedPolicy } from '../read/parse';
import type { Policy } from '../policy';
import type { EngineId, Grants, RuleRef, WorldView } from '../types';

/** A policy that parses, and that still makes every call of its component fail. */
export interface PolicyFailure {
	/** What every call is answered with, such as `Invalid host format: ::1`; without the leading `Error: `. */
	readonly message: string;
	/** The rule to blame; null where it is no rule. */
	readonly rule: RuleRef | null;
	readonly reason: 'missing-directory' | 'not-a-directory' | 'invalid-host' | 'unknown-engine';
	readonly engine: EngineId;
}

/**
 * Works out everything that one call may do. `null` is a component with no policy attached. A text that does not parse grants
 * nothing, or is as none: the engine says which.
 * The error is how this engine answers every call under this policy.
 */
export function compile(
	policy: string | ParsedPolicy | null,
	engineId: EngineId,
	world: WorldView,
): Result<Grants, PolicyFailure> {
	const engine = resolveEngine(engineId);
	if (!engine.ok)
		return err({ message: engine.error, rule: null, reason: 'unknown-engine', engine: engineId });
	// A release between two known ones decides as the older of them, under its own name.
	const named = { ...engine.value, id: engineId };
	if (policy === null) return ok(unattached(named, world));
	const parsed = typeof policy === 'string' ? parsePolicy(policy) : policy;
	const read = named.traits.rules === 'documented' ? parsed.documented : parsed.policy;
	return read ? compilePolicy(read, named, world) : ok(broken(named, parsed, world));
}

function compilePolicy(policy: Policy, engine: Engine, world: WorldView): Result<Grants, PolicyFailure> {
	switch (engine.traits.rules) {
		case 'release':
			return compileRelease(policy, engine, world);
		case 'documented':
			return compileDocumented(policy, engine, world);
	}
}

const nothing = { preopens: [], paths: [], hosts: [], variables: [], memory: null } as const;

function unattached(engine: Engine, world: WorldView): Grants {
	const variables = engine.traits.unattachedGetsVariables
		? world.variables.map(({ key }) => ({ key, rule: null, reason: 'no-policy-unrestricted' as const }))
		: [];
	return {
		engine: engine.id,
		rules: engine.traits.rules,
		closed: { reason: 'no-policy' },
		...nothing,
		variables,
	};
}

/** A text that does not parse: to some engines it is as if there were none, and all variables are handed over. */
function broken(engine: Engine, { problems }: ParsedPolicy, world: WorldView): Grants {
	const detail = problems.find((problem) => problem.severity === 'error')?.message;
	const closed = { reason: 'invalid-policy', ...(detail && { detail }) } as const;
	const { variables } = engine.traits.brokenPolicy === 'no-policy' ? unattached(engine, world) : nothing;
	return { engine: engine.id, rules: engine.traits.rules, closed, ...nothing, variables };
}
