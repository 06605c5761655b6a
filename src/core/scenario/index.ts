export {
	checkCall,
	observedActivity,
	type Difference,
	type Expectation,
	type ObservedCall,
	type SavedCall,
} from './check-call';
export {
	checkDecisions,
	checkExpectations,
	type CheckedExpectation,
	type ExpectedDecision,
} from './check-expectations';
export { largeContents, withContents, type FileContents } from './contents';
export { decodeLink } from './decode-link';
export { isLink } from './is-link';
export { encodeLink } from './link';
export { localHostsOf, localHostsOfAddress, localHostsOfPolicy } from './local-hosts';
export { issueReport, markdownLink } from './markdown';
export { countOfPart, sizeOfPart, withoutFiles, withoutParts, type ScenarioPart } from './parts';
export { parseKept, parseScenario } from './parse';
export { printScenario, scenarioFile } from './print';
export { compareObserved, expectationOf } from './record-call';
export { scenarioJsonSchema, type Scenario } from './schema';
export { summarizePolicy, type PolicySummary } from './policy-summary';
export { expectedWords, summarize, type ComponentSummary, type ScenarioSummary } from './summary';
export { describeWorld, worldOf } from './world';
