export { bindingsOf, isTaken, sourcesOf, type Binding, type TakenBinding } from './binding';
export { bindingWords } from './binding-words';
export { flowGroups } from './flow-groups';
export {
	bindingProblem,
	flowTool,
	resultSchema,
	stepsOf,
	type Flow,
	type FlowTool,
	type StepTool,
} from './flow-tool';
export { reorderSteps } from './reorder-steps';
export { resolveCall, type StepEnd } from './resolve-call';
export { placesIn, schemaAt, type Place } from './schema-at';
export { schemasFit } from './schemas-fit';
