export { bindingsOf, isTaken, sourcesOf, withoutBindings, type Binding, type TakenBinding } from './binding';
export { bindingWords, takenWords } from './binding-words';
export { flowGroups } from './flow-groups';
export { bindingProblem, flowTool, stepsOf, type Flow, type FlowTool, type StepTool } from './flow-tool';
export { reorderSteps } from './reorder-steps';
export { resolveCall, type StepEnd } from './resolve-call';
export { placesIn, resultSchema, schemaAtPointer, type TakePlace } from './schema-places';
export { schemasFit } from './schemas-fit';
