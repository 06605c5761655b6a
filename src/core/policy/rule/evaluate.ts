import { joinPath } from '../../path';
import { compile, type PolicyFailure } from './compile';
import { decide } from './decide';
import type { ParsedPolicy } from '../read/parse';
import type { AccessRequest, Decision, EngineId, WorldView } from '../types';

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
	return (request) =>
		grants.ok
			? { ...decide(grants.value, resolveRequest(request, world)), request }
			: failedDecision(grants.error, request);
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
