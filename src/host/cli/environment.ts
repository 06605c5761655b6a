import type { CallSetup } from '../../core/call';
import type { Recorder } from '../recorder';
import type { HostImports } from '../types';

/**
 * `wasi:cli/environment`. The granted variables are all there is; each is recorded when they are first handed over. What is withheld is
 * not known in here, and the page adds it.
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
					// The page lists what is withheld when it is told of the question, and nothing else tells it.
					if (variables.length === 0)
						recorder.record({
							capability: 'environment',
							operation: 'get-environment',
							target: '',
							outcome: 'allow',
							rule: null,
							reason: 'not-governed',
						});
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
