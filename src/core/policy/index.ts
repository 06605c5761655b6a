export type * from './types';
export type * from './policy';
export { maxPolicyBytes } from './check-text';
export { parsePolicy, type ParsedPolicy } from './parse';
export { engines, newestRelease, releaseIds, resolveEngine, type Engine, type EngineTraits } from './engines';
export { compile, type PolicyFailure } from './compile';
export { decide } from './decide';
export { createEvaluator, evaluate, failedDecision } from './evaluate';
export { assumedWorld } from './assumed-world';
export { createGate, type Gate, type Granted } from './gate';
export { explain } from './explain';
export { compare, createComparison, type Comparison, type VerdictGroup } from './compare';
export { overlookedRules, type OverlookedRule } from './overlooked';
export {
	emptyPolicy,
	grant,
	removeRule,
	reset,
	revoke,
	type EditOptions,
	type PolicyEdit,
} from './edit-policy';
export {
	readPermission,
	readRevocation,
	type Permission,
	type PermissionKind,
	type Revocation,
} from './permission';
export { narrowestGrant, suggestions, type Suggestion, type SuggestionContext } from './suggestions';
export { wassetteCommand } from './wassette-command';
export {
	leastPolicy,
	proposePolicy,
	type LeastPolicy,
	type LeastPolicyContext,
	type ObservedAccess,
} from './least-policy';
export { parseRequest } from './parse-request';
export { readRequest } from './read-request';
export { requestWords } from './request-words';
export { convertArticleFormat, type ArticleConversion } from './article-format';
export { ruleAt } from './rule-at';
export { completions, type Completion } from './completions';
export { hover } from './hover';
