export type * from './types';
export type * from './policy';
export { parsePolicy, type ParsedPolicy } from './read/parse';
export {
	engines,
	newestRelease,
	releaseIds,
	resolveEngine,
	traitsOf,
	type Engine,
	type EngineTraits,
} from './engines';
export { engineSpan } from './engine-span';
export { compile, type PolicyFailure } from './rule/compile';
export { failureProblem } from './review/failure-problem';
export { decide } from './rule/decide';
export { createEvaluator, evaluate, failedDecision } from './rule/evaluate';
export { assumedWorld } from './rule/assumed-world';
export { createGate, type Gate, type Granted } from './rule/gate';
export { handsAllOver } from './rule/hands-all-over';
export { explain } from './rule/explain';
export { explainUnfound } from './rule/explain-unfound';
export { compare, createComparison, type Comparison, type VerdictGroup } from './rule/compare';
export {
	emptyPolicy,
	grant,
	removeRule,
	reset,
	revoke,
	type EditOptions,
	type PolicyEdit,
} from './edit/edit-policy';
export {
	readPermission,
	readRevocation,
	type Permission,
	type PermissionKind,
	type Revocation,
} from './edit/permission';
export { narrowestGrant, suggestions, type Suggestion, type SuggestionContext } from './edit/suggestions';
export { wassetteCommand } from './edit/wassette-command';
export {
	leastPolicy,
	newlyAllowed,
	proposePolicy,
	type LeastPolicy,
	type LeastPolicyContext,
	type ObservedAccess,
} from './edit/least-policy';
export { parseQuestion } from './rule/parse-request';
export { readAccessRequest } from './rule/read-request';
export { requestWords } from './rule/request-words';
export { convertArticleFormat, type ArticleConversion } from './edit/article-format';
export { completions, type Completion } from './typing/completions';
export { hover, type Meaning } from './typing/hover';
