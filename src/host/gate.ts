import type { HostCall } from '../core/activity';
import { createGate as createCoreGate, type Gate as CoreGate } from '../core/policy/rule/gate';
import type { Decision, Grants } from '../core/policy/types';
import { parseUrl } from '../core/url';
import type { Recorder } from './recorder';

/** Decides on what a guest asks for, in the sandbox, and records it. The page decides again on everything that leaves it. */
export interface GuestGate {
	/** For variables; `operation` is the WASI function that asks. */
	readonly variable: (operation: string) => CoreGate;
	/** For HTTP requests. An allowed one is recorded by the page, which performs it; a denied one never gets there and is recorded here. */
	readonly http: CoreGate;
}

/** The gate of one call. */
export function createGuestGate(grants: Grants, recorder: Recorder): GuestGate {
	return {
		variable: (operation) =>
			createCoreGate(grants, (decision) => recorder.record(hostCallOf(decision, operation))),
		http: createCoreGate(grants, (decision) => {
			if (decision.outcome === 'allow') return recorder.count();
			recorder.record({
				...hostCallOf(decision, methodOf(decision)),
				result: 'HTTP-request-denied',
			});
		}),
	};
}

function hostCallOf(decision: Decision, operation: string): Omit<HostCall, 'at'> {
	const { outcome, rule, reason, detail } = decision;
	return {
		...aimOf(decision),
		operation,
		outcome,
		rule,
		reason,
		...(detail === undefined ? {} : { detail }),
	};
}

function aimOf({ request }: Decision): Pick<HostCall, 'capability' | 'target'> {
	switch (request.kind) {
		case 'environment':
			return { capability: 'environment', target: request.key };
		case 'storage':
			return { capability: 'storage', target: request.path };
		case 'network': {
			const url = parseUrl(request.url);
			return { capability: 'network', target: url.ok ? url.value.href : request.url };
		}
	}
}

const methodOf = ({ request }: Decision): string => (request.kind === 'network' ? request.method : '');
