/** What the commands of this package that need no browser take from the core, built for Node into `dist-command`. */
export { version } from '../../package.json';
export { memoryText } from '../core/export/grants';
export { parseJson, printJson } from '../core/json';
export { most } from '../core/limits';
export {
	engineSpan,
	engines,
	newestRelease,
	releaseIds,
	resolveEngine,
	type EngineId,
	type Problem,
} from '../core/policy';
export { checkPolicy, type PolicyReport, type ReportedGrants } from '../core/policy/review/check-policy';
export {
	comparePolicies,
	compareRequests,
	isDifferent,
	type PolicyDifference,
	type RequestDifference,
} from '../core/policy/review/compare-policies';
export { unusedRules } from '../core/policy/review/unused-rules';
export { assumedWorld } from '../core/policy/rule/assumed-world';
export { parseScenario } from '../core/scenario/parse';
export { worldOf } from '../core/scenario/world';
export { viewOf } from '../core/world-view';
export { readRequests, requestsOfScenario } from './read-requests';
export { scenarioLink } from './scenario-link';
