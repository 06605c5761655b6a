import { joinPath } from '../../path';
import { compile, type PolicyFailure } from './compile';
import { decide } from './decide';
import type { ParsedPolicy } from '../read/parse';
import { foundAs, isFound } from '../library-names';
import type { AccessRequest, Decision, EngineId, Grants, WorldView } from '../types';

/** Compiles and decides in one step, for a question asked once: what would this engine say? Links in a path are followed first. */
export function evaluate(
	policy: string | ParsedPolicy | null,
	engine: EngineId,
	world: WorldView,
	request: AccessRequest,
): Decision {
	return createEvaluator(policy, engine, world)(request);
}

/** As `evaluate`, compiling once for any number of questions. */
export function createEvaluator(
	policy: string | ParsedPolicy | null,
	engine: EngineId,
	world: WorldView,
): (request: AccessRequest) => Decision {
	const grants = compile(policy, engine, world);
	return (request) => {
		if (!grants.ok) return failedDecision(grants.error, request);
		const resolved = resolveRequest(request, world);
		return { ...withUnfound(decide(grants.value, resolved), grants.value, resolved), request };
	};
}

/** An allowed path that a component built as most are does not find is allowed all the same, to one that asks otherwise; the decision says so. */
function withUnfound(decision: Decision, { rules, preopens }: Grants, request: AccessRequest): Decision {
	if (request.kind !== 'storage' || request.via !== undefined) return decision;
	if (rules !== 'release' || decision.outcome === 'deny') return decision;
	if (isFound(preopens, request.path, request.access)) return decision;
	const unfound = 'where most components do not find it: they look for the folder by another name';
	const folders =
		'where most components do not find it: of more than two folders they find the first and the last';
	const isNamed = preopens.some(
		({ rule, guestPath }) => rule.line === decision.rule?.line && foundAs(guestPath) !== 'nothing',
	);
	return { ...decision, detail: isNamed && preopens.length > 2 ? folders : unfound };
}

/** How a request fares where every call fails: denied, in the engine's own words. */
export function failedDecision(failure: PolicyFailure, request: AccessRequest): Decision {
	return {
		outcome: 'deny',
		request,
		rule: failure.rule,
		reason: 'policy-failure',
		detail: failure.message,
		engine: failure.engine,
	};
}

function resolveRequest(request: AccessRequest, world: WorldView): AccessRequest {
	return request.kind === 'storage'
		? { ...request, path: world.resolve(joinPath('/', request.path)) }
		: request;
}
