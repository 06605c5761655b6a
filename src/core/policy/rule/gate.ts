import { err, ok, type Result } from '../../result';
import { decide } from './decide';
import type { AccessRequest, Decision, Grants } from '../types';

declare const granted: unique symbol;

/** A request that a gate let through. Nothing else can make one, so an operation that takes it cannot be reached unasked. */
export type Granted<R extends AccessRequest = AccessRequest> = R & { readonly [granted]: true };

export type Gate = <R extends AccessRequest>(request: R) => Result<Granted<R>, Decision>;

/** The one place where grants are applied. Every answer, either way, is recorded before it is given. */
export function createGate(grants: Grants, record: (decision: Decision) => void): Gate {
	return <R extends AccessRequest>(request: R) => {
		const decision = decide(grants, request);
		record(decision);
		return decision.outcome === 'allow' ? ok(request as Granted<R>) : err(decision);
	};
}
