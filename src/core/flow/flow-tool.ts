import { err, ok, type Result } from '../result';
import type { SavedCall } from '../scenario/check-call';
import type { Scenario } from '../scenario/schema';
import type { JsonSchema } from '../wit/types';
import { bindingsOf, isTaken, type Binding } from './binding';
import { pointerTo } from './pointer';
import { resultSchema, schemaAtPointer } from './schema-places';
import { schemasFit } from './schemas-fit';

/** Steps of a scenario that are offered together as one tool. */
export type Flow = NonNullable<Scenario['flows']>[number];

/** What is known of the tool that a step calls. */
export interface StepTool {
	readonly inputSchema: JsonSchema;
	/** Of the structured content: an object with the result in `result`; undefined where the tool gives none. */
	readonly outputSchema?: JsonSchema;
}

/** A flow as a tool: what it asks for, what it gives, and the steps that it makes. */
export interface FlowTool {
	readonly name: string;
	readonly description: string;
	readonly inputSchema: JsonSchema;
	/** That of its last step. */
	readonly outputSchema?: JsonSchema;
	readonly steps: readonly { readonly number: number; readonly call: SavedCall }[];
}

/** The steps of a flow in order, each with its number. */
export const stepsOf = (flow: Flow, calls: readonly SavedCall[]): FlowTool['steps'] =>
	[...new Set(flow.steps)]
		.sort((a, b) => a - b)
		.flatMap((number) => {
			const call = calls[number - 1];
			return call ? [{ number, call }] : [];
		});

/**
 * A flow as one tool with a schema of its own: its inputs are the arguments of its steps that are left open, its result is that of its last
 * step. `toolOf` is null for a tool that is not there. The error says, as a sentence, why the flow cannot be offered.
 */
export function flowTool(
	flow: Flow,
	calls: readonly SavedCall[],
	toolOf: (name: string) => StepTool | null,
): Result<FlowTool, string> {
	const steps = stepsOf(flow, calls);
	const last = steps.at(-1);
	if (!last) return err(`The flow ${flow.name} has no steps.`);
	const inputs = new Map<string, JsonSchema>();
	for (const { number, call } of steps) {
		const tool = toolOf(call.tool);
		if (!tool) return err(`Step ${number} of the flow ${flow.name} calls ${call.tool}, which is not loaded.`);
		for (const [argument, binding] of bindingsOf(call)) {
			const schema = schemaAtPointer(tool.inputSchema, pointerTo('', argument)) ?? {};
			if (isTaken(binding)) {
				const problem = bindingProblem(binding, { number, argument, schema }, { steps, toolOf });
				if (problem !== null) return err(problem);
				continue;
			}
			const other = inputs.get(binding.input);
			if (other && schemasFit(other, schema) === 'never' && schemasFit(schema, other) === 'never')
				return err(
					`The flow ${flow.name} uses its input ${binding.input} for arguments of types that exclude each other. Give one of them a name of its own.`,
				);
			if (!other) inputs.set(binding.input, schema);
		}
	}
	const outputSchema = toolOf(last.call.tool)?.outputSchema;
	return ok({
		name: flow.name,
		description: flow.description ?? '',
		inputSchema: {
			type: 'object',
			properties: Object.fromEntries(inputs),
			required: [...inputs.keys()],
		},
		...(outputSchema && { outputSchema }),
		steps,
	});
}

interface Target {
	readonly number: number;
	readonly argument: string;
	readonly schema: JsonSchema;
}

/** Why an argument can never be what is taken for it, judged by the schemas of both tools; null where it can. */
export function bindingProblem(
	binding: Extract<Binding, { readonly from: number }>,
	{ number, argument, schema }: Target,
	{
		steps,
		toolOf,
	}: { readonly steps: FlowTool['steps']; readonly toolOf: (name: string) => StepTool | null },
): string | null {
	const { from, pointer } = binding;
	const what = `The argument ${argument} of step ${number}`;
	if (from >= number) return `${what} is taken from step ${from}, which does not come before it.`;
	const source = steps.find((step) => step.number === from);
	if (!source) return `${what} is taken from step ${from}, which is no part of the flow.`;
	const tool = toolOf(source.call.tool);
	if (!tool) return null;
	const result = resultSchema(tool);
	if (!result) return `${what} is taken from step ${from} (${source.call.tool}), which gives no result.`;
	const there = schemaAtPointer(result, pointer);
	if (!there)
		return `${what} is taken from ${pointer} of step ${from} (${source.call.tool}), whose results have nothing there.`;
	return schemasFit(there, schema) === 'never'
		? `${what} is taken from ${pointer === '' ? 'the result' : pointer} of step ${from} (${source.call.tool}), which is never of the type that it takes.`
		: null;
}
