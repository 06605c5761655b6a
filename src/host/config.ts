import type { CallSetup } from '../core/call';
import type { GuestGate } from './gate';
import type { HostImports } from './types';

/**
 * `wasi:config`: the granted variables by key. A key that is not granted is simply absent, as Wassette has it, and recorded as denied. The
 * interface was called `runtime` before it was called `store`.
 */
export function createConfig(setup: Pick<CallSetup, 'variables'>, gate: GuestGate): HostImports {
	const values = new Map(setup.variables);
	const askToGet = gate.variable('config get');
	const askForAll = gate.variable('config get-all');
	const config = {
		get(key: string): string | undefined {
			const granted = askToGet({ kind: 'environment', key });
			return granted.ok ? values.get(granted.value.key) : undefined;
		},
		getAll: (): [string, string][] =>
			setup.variables.flatMap(([key, value]): [string, string][] => {
				const granted = askForAll({ kind: 'environment', key });
				return granted.ok ? [[granted.value.key, value]] : [];
			}),
	};
	return { 'wasi:config/store': config, 'wasi:config/runtime': config };
}
