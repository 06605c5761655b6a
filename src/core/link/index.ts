export { checkCrossing, CrossingError } from './check-crossing';
export type { CrossAnswer, Crossing, CrossValue, CrossHandle } from './crossing';
export { cycleText, findCycle } from './find-cycle';
export { exportFor, misfit } from './find-provider';
export { HandleTable } from './handle-table';
export { fromCrossing, toCrossing } from './jco-values';
