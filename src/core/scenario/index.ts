export {
	checkCall,
	observedActivity,
	type Difference,
	type Expectation,
	type ObservedCall,
	type SavedCall,
} from './check-call';
export { checkExpectations, type CheckedExpectation, type ExpectedDecision } from './check-expectations';
export { decodeLink, encodeLink, isLink } from './link';
export { issueReport, markdownLink } from './markdown';
export { countOfPart, withoutParts, type ScenarioPart } from './parts';
export { maxScenarioText, parseScenario } from './parse';
export { printScenario } from './print';
export { scenarioJsonSchema, type Scenario } from './schema';
export { expectedWords, summarize, type ComponentSummary, type ScenarioSummary } from './summary';
export { describeWorld, worldOf } from './world';
