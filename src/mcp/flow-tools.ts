import { itemAt } from '../core/item-at';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Arguments } from '../core/call';
import { flowTool, resolveCall, type FlowTool, type StepEnd, type StepTool } from '../core/flow';
import { mayDoWords } from '../core/flow/may-do-words';
import type { Result } from '../core/result';
import { ok } from '../core/result';
import { summarizePolicy } from '../core/scenario';
import type { ObservedCall } from '../core/scenario/check-call';
import { checkAgainst } from '../core/schema-check';
import { viewOf } from '../core/world-view';
import { traitsOf } from '../core/policy';
import type { Deck } from '../deck/deck';
import { policyInForce } from '../deck/policy-in-force';
import { builtinsOf } from './builtin-definitions';
import { failure } from './failure';
import { stepEnd } from './step-end';

type Offering = Pick<Deck, 'notes' | 'components' | 'engine' | 'world'>;

/** The tool of a component by its name; null for none, or several. */
export function toolOf(components: Deck['components'], name: string): StepTool | null {
	const found = components.flatMap(({ tools }) => tools.filter((tool) => tool.name === name));
	return found.length === 1 ? itemAt(found, 0) : null;
}

/** A flow of the session, as a tool or with why it is none, as a sentence. */
export interface OfferedFlow {
	readonly name: string;
	readonly tool: Result<FlowTool, string>;
}

/** Every flow of the session. What it says of itself ends with what its parts may do: it may do no more. */
export function flowsOf(deck: Offering): readonly OfferedFlow[] {
	const { flows = [], calls = [] } = deck.notes;
	const names = new Set(builtinsOf(traitsOf(deck.engine)).map(({ name }) => name as string));
	for (const { tools } of deck.components) for (const { name } of tools) names.add(name);
	return flows.map((flow) => {
		if (names.has(flow.name))
			return {
				name: flow.name,
				tool: { ok: false, error: `There is a tool ${flow.name} already. Give the flow another name.` },
			};
		names.add(flow.name);
		const tool = flowTool(flow, calls, (name) => toolOf(deck.components, name));
		return { name: flow.name, tool: tool.ok ? ok(described(tool.value, deck)) : tool };
	});
}

/** Flows that are listed as tools: those that can be called. */
export const offeredFlows = (deck: Offering): readonly FlowTool[] =>
	// A deck beside the session has no notes, and offers nothing.
	(deck.notes.flows ?? []).length === 0
		? []
		: flowsOf(deck).flatMap(({ tool }) => (tool.ok ? [tool.value] : []));

function described(tool: FlowTool, deck: Offering): FlowTool {
	const way = tool.steps.map(({ call }) => call.tool).join(', then ');
	const own = tool.description === '' ? '' : `${tool.description} `;
	return { ...tool, description: `${own}A flow: ${way}. ${flowMayDo(tool, deck)}` };
}

/** What the parts of a flow may do, a sentence for each component: the union of them is all that the flow may do. */
export function flowMayDo(tool: Pick<FlowTool, 'steps'>, deck: Omit<Offering, 'notes'>): string {
	const names = new Set(tool.steps.map(({ call }) => call.tool));
	const view = viewOf(deck.world);
	return deck.components
		.filter(({ tools }) => tools.some(({ name }) => names.has(name)))
		.map((component) =>
			mayDoWords(component.id, summarizePolicy(policyInForce(component), deck.engine, view)),
		)
		.join(' ');
}

/** What a call of a component's tool is answered with, and how it ended. */
export interface StepAnswer {
	readonly result: CallToolResult;
	/** The same without what is added for an agent. */
	readonly bare: CallToolResult;
	readonly outcome: ObservedCall['outcome'];
}

export interface FlowCallPorts {
	readonly toolOf: (name: string) => StepTool | null;
	/** Calls a component's tool as if it had been called by itself. */
	readonly call: (name: string, args: Arguments) => Promise<StepAnswer>;
	/** Told which step begins, of how many. */
	readonly onStep: (step: number, of: number, tool: string) => void;
	readonly signal: AbortSignal;
}

/** Makes the steps of a flow one after the other, and gives what the last one gives. The first that fails ends it, and is named. */
export async function callFlow(
	flow: FlowTool,
	inputs: Arguments,
	ports: FlowCallPorts,
): Promise<CallToolResult> {
	const fits = checkAgainst(flow.inputSchema, inputs);
	if (fits.status === 'invalid')
		return failure(`The flow ${flow.name} cannot be called like that: ${fits.problems.join('; ')}`);
	const ends = new Map<number, StepEnd>();
	let last: CallToolResult | null = null;
	for (const [index, { number, call }] of flow.steps.entries()) {
		if (ports.signal.aborted) return failure('The call was stopped.');
		const known = ports.toolOf(call.tool);
		const args = resolveCall(call, number, {
			ended: (step) => ends.get(step),
			inputs,
			inputSchema: known?.inputSchema ?? null,
		});
		if (!args.ok) return failure(`The flow ${flow.name} stopped at step ${number}. ${args.error}`);
		ports.onStep(index + 1, flow.steps.length, call.tool);
		const { result, bare, outcome } = await ports.call(call.tool, args.value);
		ends.set(number, stepEnd(call.tool, bare, outcome, known));
		last = result;
		const expected = call.expect?.outcome;
		if (outcome !== 'result' && outcome !== expected)
			return index === flow.steps.length - 1 && outcome === 'err'
				? result
				: stopped(flow, number, call.tool, result);
	}
	return last ?? failure(`The flow ${flow.name} has no steps.`);
}

function stopped(flow: FlowTool, number: number, tool: string, result: CallToolResult): CallToolResult {
	const text = result.content.flatMap((item) => (item.type === 'text' ? item.text : [])).join('');
	return failure(
		`The flow ${flow.name} stopped at step ${number} (${tool}). ${text.replace(/^Error: /, '')}`,
	);
}
