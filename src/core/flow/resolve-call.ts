import type { Arguments } from '../call';
import { isRecord } from '../is-record';
import { err, ok, type Result } from '../result';
import type { ObservedCall, SavedCall } from '../scenario/check-call';
import { checkAgainst } from '../schema-check';
import type { Json, JsonSchema } from '../wit/types';
import { bindingsOf, isTaken, type TakenBinding } from './binding';
import { valueAt } from './pointer';
import { asSchema } from './schema-places';

/** How an earlier step of a flow ended. */
export interface StepEnd {
	readonly tool: string;
	readonly outcome: ObservedCall['outcome'];
	/** What it gave; undefined where it gave nothing. */
	readonly value: Json | undefined;
}

/** What the arguments of a step are taken from. */
export interface FlowSoFar {
	/** How a step ended, by its number from 1; undefined where it has not. */
	readonly ended: (step: number) => StepEnd | undefined;
	/** What the flow was called with, where it is called as one tool. */
	readonly inputs?: Arguments;
	/** The input schema of the step's tool; null where it is not known. */
	readonly inputSchema: JsonSchema | null;
}

/**
 * The arguments of a step of a flow: those that are saved, with what is taken from earlier results, and from the flow's own inputs, in
 * their place. The error names the argument and the step that stop the flow, as a sentence.
 */
export function resolveCall(
	call: SavedCall,
	number: number,
	{ ended, inputs, inputSchema }: FlowSoFar,
): Result<Arguments, string> {
	const args = new Map(Object.entries(call.arguments));
	for (const [argument, binding] of bindingsOf(call)) {
		if (!isTaken(binding)) {
			if (!inputs) continue;
			const input = Object.hasOwn(inputs, binding.input) ? inputs[binding.input] : undefined;
			if (input === undefined) return err(`The flow was called without its argument ${binding.input}.`);
			args.set(argument, input);
			continue;
		}
		const taken = take(binding, number, ended);
		if (!taken.ok) return err(`The argument ${argument} of step ${number} (${call.tool}) ${taken.error}`);
		const problem = typeProblem(argument, taken.value, inputSchema);
		if (problem !== null)
			return err(
				`The argument ${argument} of step ${number} (${call.tool}) is taken from ${placeOf(binding, ended)}, and that does not fit its type: ${problem}.`,
			);
		args.set(argument, taken.value);
	}
	return ok(Object.fromEntries(args));
}

function take(binding: TakenBinding, number: number, ended: FlowSoFar['ended']): Result<Json, string> {
	const { from, pointer } = binding;
	if (from >= number)
		return err(`is taken from step ${from}, and only the result of an earlier step can be taken.`);
	const source = ended(from);
	if (!source) return err(`is taken from step ${from}, which has not run.`);
	const { tool, outcome, value } = source;
	if (outcome !== 'result')
		return err(
			`is taken from step ${from} (${tool}), which ended in an ${outcome === 'err' ? 'err' : 'error'}.`,
		);
	if (value === undefined) return err(`is taken from step ${from} (${tool}), which gave no result.`);
	const found = valueAt(value, pointer);
	return found.ok
		? found
		: err(`is taken from ${placeOf(binding, ended)}, and nothing is there: ${found.error}.`);
}

function placeOf({ from, pointer }: TakenBinding, ended: FlowSoFar['ended']): string {
	const tool = ended(from)?.tool;
	return `${pointer === '' ? 'the result' : pointer} of step ${from}${tool === undefined ? '' : ` (${tool})`}`;
}

/** Why a value is none that an argument takes; null where it is one, or the schema does not say. */
function typeProblem(argument: string, value: Json, inputSchema: JsonSchema | null): string | null {
	const properties = asSchema(inputSchema?.['properties']);
	if (!Object.hasOwn(properties, argument)) return null;
	const schema = asSchema(properties[argument]);
	// A release shows flags as an object and takes a list of names: whether one fits is for the call itself to say.
	if (holdsFlags(schema)) return null;
	const checked = checkAgainst(schema, value);
	return checked.status === 'invalid' ? (checked.problems[0] ?? 'it is of another type') : null;
}

const holdsFlags = (schema: unknown): boolean =>
	Array.isArray(schema)
		? schema.some(holdsFlags)
		: isRecord(schema) &&
			((schema['type'] === 'object' && isRecord(schema['properties']) && schema['required'] === undefined) ||
				Object.values(schema).some(holdsFlags));
