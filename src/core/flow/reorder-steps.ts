import type { SavedCall } from '../scenario/check-call';
import type { Scenario } from '../scenario/schema';
import { bindingsOf, isTaken, withoutBindings, type Binding } from './binding';

type Notes = Pick<Scenario, 'calls' | 'flows'>;

/**
 * Puts the steps in another order, or leaves some out: `order` has the index that each step had. Numbers of steps follow where they stand. An
 * argument that was taken from a step that is gone has the value that is saved with its call, and a flow goes with the last of its steps.
 */
export function reorderSteps({ calls = [], flows }: Notes, order: readonly number[]): Notes {
	const numbers = new Map(order.map((before, index) => [before + 1, index + 1]));
	const moved = order.flatMap((before) => calls[before] ?? []).map((call) => renumber(call, numbers));
	const kept = flows?.flatMap((flow) => {
		const steps = flow.steps.flatMap((step) => numbers.get(step) ?? []).sort((a, b) => a - b);
		return steps.length === 0 ? [] : [{ ...flow, steps }];
	});
	return {
		calls: moved.length > 0 ? moved : undefined,
		flows: kept && kept.length > 0 ? kept : undefined,
	};
}

/** The same object where nothing of it changes. */
function renumber(call: SavedCall, numbers: ReadonlyMap<number, number>): SavedCall {
	const bindings = bindingsOf(call);
	if (bindings.every(([, binding]) => !isTaken(binding) || numbers.get(binding.from) === binding.from))
		return call;
	const take = Object.fromEntries(
		bindings.flatMap(([argument, binding]): [string, Binding][] => {
			if (!isTaken(binding)) return [[argument, binding]];
			const from = numbers.get(binding.from);
			return from === undefined ? [] : [[argument, { ...binding, from }]];
		}),
	);
	return Object.keys(take).length > 0 ? { ...call, take } : withoutBindings(call);
}
