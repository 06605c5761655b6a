export { asksOf, type Ask, type AskKind } from './asks';
export { couldDo, couldLeak, type CouldDo } from './could-do';
