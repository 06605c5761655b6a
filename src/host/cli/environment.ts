import type { CallSetup } from '../../core/call';
import type { Recorder } from '../recorder';
import type { HostImports } from '../types';

/**
 * `wasi:cli/environment`. The granted variables are all there is; each is recorded when they are first handed over. What is withheld is
 * not known in here, and the page adds it; where nothing is granted, a record without a name tells it that the guest asked.
 */
export function createEnvironment(
	setup: Pick<CallSetup, 'variables' | 'surroundings' | 'grants'>,
	recorder: Recorder,
): HostImports {
	const { grants, surroundings } = setup;
	// Wassette 0.2 hands variables over by `wasi:config` alone.
	const variables = grants.engine.startsWith('0.2.') ? [] : setup.variables;
	let handedOver = false;
	return {
		'wasi:cli/environment': {
			getEnvironment() {
				if (!handedOver) {
					handedOver = true;
					if (variables.length === 0) {
						const reason = grants.closed?.reason ?? 'no-rule';
						const asked = { capability: 'environment', operation: 'get-environment', target: '' } as const;
						recorder.record({ ...asked, outcome: 'deny', rule: null, reason });
					}
					for (const [key] of variables) {
						const grant = grants.variables.find((variable) => variable.key === key);
						recorder.record({
							capability: 'environment',
							operation: 'get-environment',
							target: key,
							outcome: 'allow',
							rule: grant?.rule ?? null,
							reason: grant?.reason ?? 'granted',
						});
					}
				}
				return variables.map(([key, value]) => [key, value]);
			},
			getArguments: () => [...surroundings.arguments],
			initialCwd: () => undefined,
		},
	};
}
