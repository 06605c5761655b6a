export type { Confinement, IsolationId } from './confinement';
export type { ComposeMount, ComposeService, ReadCompose } from './compose';
export {
	containerConfinement,
	projectDirectory,
	shellOf,
	type ContainerModel,
} from './container-confinement';
export { defaultCompose } from './default-compose';
export {
	letThrough,
	type LetThrough,
	type LetThroughKind,
	type Reached,
	type PassageVerdict,
} from './let-through';
export { notModelled } from './not-modelled';
export { processConfinement } from './process-confinement';
export { readCompose } from './read-compose';
export { wassetteConfinement } from './wassette-confinement';
