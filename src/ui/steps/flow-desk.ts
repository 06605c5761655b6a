import { itemAt } from '../../core/item-at';
import {
	bindingProblem,
	bindingsOf,
	flowGroups,
	isTaken,
	placesIn,
	resultSchema,
	schemaAtPointer,
	schemasFit,
	type Binding,
	type StepTool,
} from '../../core/flow';
import { pointerTo } from '../../core/flow/pointer';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import type { SavedCall } from '../../core/scenario';
import type { Json, JsonSchema } from '../../core/wit/types';
import { flowMayDo, flowsOf } from '../../mcp/flow-tools';
import type { Session } from '../session.svelte';
import { withBindings } from './with-bindings';

type Desks = Pick<Session, 'live' | 'selection' | 'steps' | 'undo'>;

/** An argument of a step, and where it comes from. */
export interface StepArgument {
	readonly name: string;
	/** As it is saved with the call; undefined where nothing is. */
	readonly saved: Json | undefined;
	/** Null where it is what is saved. */
	readonly binding: Binding | null;
	/** Why what it is taken from can never be right, as a sentence; null where nothing speaks against it. */
	readonly problem: string | null;
}

/** Places in the result of an earlier step, for one argument. */
export interface TakeSource {
	readonly step: number;
	readonly tool: string;
	/** Pointers to values that fit, the whole result first where it does. */
	readonly pointers: readonly string[];
}

/** A flow as the list of steps shows it. */
export interface ShownFlow {
	readonly index: number;
	readonly name: string;
	readonly steps: readonly number[];
	/** What it asks for. */
	readonly inputs: readonly string[];
	/** Why it is not offered, as a sentence; null where it is. */
	readonly problem: string | null;
	/** What its parts may do together. */
	readonly mayDo: string;
}

/** What joins steps to flows: which argument of a step comes from where, and what is offered as one tool. */
export class FlowDesk {
	readonly #session: Desks;

	constructor(session: Desks) {
		this.#session = session;
	}

	/** The arguments of a step: those that its tool takes, and others that it has. */
	argumentsOf = (index: number): readonly StepArgument[] => {
		const call = this.#calls[index];
		if (!call) return [];
		const { take = {} } = call;
		const names = new Set([
			...Object.keys((this.#toolOf(call.tool)?.inputSchema['properties'] as object | undefined) ?? {}),
			...Object.keys(call.arguments),
			...Object.keys(take),
		]);
		return [...names].map((name) => {
			const binding = (Object.hasOwn(take, name) && take[name]) || null;
			return {
				name,
				saved: call.arguments[name],
				binding,
				problem: binding && isTaken(binding) ? this.#problemOf(index, name, binding) : null,
			};
		});
	};

	/** Where an argument of a step could be taken from: earlier steps, and the places in their results that fit it. */
	sourcesFor = (index: number, argument: string): readonly TakeSource[] => {
		const target = this.#schemaOf(index, argument);
		return this.#calls.slice(0, index).map(({ tool }, at) => {
			const known = this.#toolOf(tool);
			const result = known && resultSchema(known);
			const places = result ? placesIn(result) : known ? [] : [{ pointer: '', schema: {} }];
			const fitting = places.filter(({ schema }) => schemasFit(schema, target) !== 'never');
			return { step: at + 1, tool, pointers: fitting.map(({ pointer }) => pointer) };
		});
	};

	/** Has an argument come from elsewhere, or, with null, be what is saved. The error says why it is not taken. */
	bind = (index: number, argument: string, binding: Binding | null): Result<void, string> =>
		this.#session.steps.setBinding(
			index,
			argument,
			binding,
			binding ? undefined : `${argument} of step ${index + 1} is what is saved with it again.`,
		);

	get flows(): readonly ShownFlow[] {
		const { deck } = this.#session.live;
		const { flows = [] } = deck.notes;
		return flowsOf(deck).map(({ name, tool }, index) => ({
			...{ index, name, steps: itemAt(flows, index).steps },
			inputs: tool.ok ? Object.keys(tool.value.inputSchema['properties'] as object) : [],
			problem: tool.ok ? null : tool.error,
			mayDo: tool.ok ? flowMayDo(tool.value, deck) : '',
		}));
	}

	/** Steps take from each other, so that there is a flow to offer. */
	get canOffer(): boolean {
		return this.#unoffered.length > 0;
	}

	/**
	 * Offers the steps that take from each other as one tool. Where none of their arguments is left open, those of the first step are: they are what
	 * whoever calls the flow gives.
	 */
	offer = (): Result<void, string> => {
		const steps = this.#unoffered;
		const [first] = steps;
		if (first === undefined) return err('No step takes anything from another yet.');
		const { deck } = this.#session.live;
		const { calls = [], flows = [] } = deck.notes;
		const isOpen = steps.some((step) =>
			bindingsOf(itemAt(calls, step - 1)).some(([, binding]) => !isTaken(binding)),
		);
		const opened = isOpen
			? calls
			: calls.map((call, index) => (index === first - 1 ? withOpenArguments(call) : call));
		const set = this.#session.steps.setCalls(opened);
		if (!set.ok) return set;
		return deck.setNotes({ ...deck.notes, flows: [...flows, { name: this.#freeName(), steps: [...steps] }] });
	};

	rename = (index: number, name: string): Result<void, string> => {
		const { deck } = this.#session.live;
		const flows = deck.notes.flows ?? [];
		if (flows[index]?.name === name) return ok(undefined);
		if (flows.some((flow) => flow.name === name)) return err(`There is a flow ${name} already.`);
		return deck.setNotes({
			...deck.notes,
			flows: flows.map((flow, at) => (at === index ? { ...flow, name } : flow)),
		});
	};

	/** Offers a flow no longer; its steps stay. */
	withdraw = (index: number): void => {
		const { live, undo } = this.#session;
		const { deck } = live;
		const flows = (deck.notes.flows ?? []).filter((_, at) => at !== index);
		undo.doing('The flow is no longer offered as a tool.', () =>
			deck.setNotes({ ...deck.notes, flows: flows.length > 0 ? flows : undefined }),
		);
	};

	get #calls(): readonly SavedCall[] {
		return this.#session.live.deck.notes.calls ?? [];
	}

	/** Numbers of the first steps that take from each other and are offered by no flow. */
	get #unoffered(): readonly number[] {
		const groups = flowGroups(this.#calls);
		const offered = new Set((this.#session.live.deck.notes.flows ?? []).flatMap(({ steps }) => steps));
		for (const group of new Set(groups)) {
			const steps = groups.flatMap((each, index) => (each === group ? [index + 1] : []));
			if (steps.length > 1 && !steps.some((step) => offered.has(step))) return steps;
		}
		return [];
	}

	#freeName(): string {
		const { live, selection } = this.#session;
		const names = new Set([
			...selection.tools.map(({ name }) => name),
			...(live.deck.notes.flows ?? []).map(({ name }) => name),
		]);
		const title = (live.deck.notes.title ?? '')
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-|-$/g, '')
			.slice(0, most.flowName - 4);
		const base = title || 'flow';
		for (let number = 1; ; number += 1) {
			const name = number === 1 ? base : `${base}-${number}`;
			if (!names.has(name)) return name;
		}
	}

	#toolOf(name: string): StepTool | null {
		return this.#session.selection.tools.find((tool) => tool.name === name) ?? null;
	}

	#schemaOf(index: number, argument: string): JsonSchema {
		const tool = this.#toolOf(this.#calls[index]?.tool ?? '');
		return (tool && schemaAtPointer(tool.inputSchema, pointerTo('', argument))) ?? {};
	}

	#problemOf(index: number, argument: string, binding: Extract<Binding, { readonly from: number }>) {
		return bindingProblem(
			binding,
			{ number: index + 1, argument, schema: this.#schemaOf(index, argument) },
			{
				steps: this.#calls.map((call, at) => ({ number: at + 1, call })),
				toolOf: (name) => this.#toolOf(name),
			},
		);
	}
}

const withOpenArguments = (call: SavedCall): SavedCall =>
	withBindings(
		call,
		Object.keys(call.arguments).map((name) => [name, call.take?.[name] ?? { input: name }]),
	);
