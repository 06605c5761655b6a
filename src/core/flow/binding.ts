import type { SavedCall } from '../scenario/check-call';

/** Where an argument of a step comes from: a place in the result of an earlier step, or whoever calls the flow as one tool. */
export type Binding = NonNullable<SavedCall['take']>[string];

/** An argument that is a part of an earlier step's result. */
export type TakenBinding = Extract<Binding, { readonly from: number }>;

/** An argument that a flow asks for by a name of its own; where its steps run as steps, it has the value that is saved with the call. */
export type InputBinding = Extract<Binding, { readonly input: string }>;

export const isTaken = (binding: Binding): binding is TakenBinding => 'from' in binding;

/** The arguments of a call that come from elsewhere, by name. */
export const bindingsOf = (call: SavedCall): readonly (readonly [argument: string, binding: Binding])[] =>
	Object.entries(call.take ?? {});

/** The call with every argument as it is saved. */
export const withoutBindings = ({ take: _, ...call }: SavedCall): SavedCall => call;

/** The numbers of the steps that a call takes arguments from, each once. */
export const sourcesOf = (call: SavedCall): readonly number[] => [
	...new Set(bindingsOf(call).flatMap(([, binding]) => (isTaken(binding) ? [binding.from] : []))),
];
