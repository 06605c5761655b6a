export {
	checkCall,
	type Difference,
	type Expectation,
	type ObservedCall,
	type SavedCall,
} from './check-call';
export { checkExpectations, type CheckedExpectation, type ExpectedDecision } from './check-expectations';
export { decodeLink, encodeLink, isLink } from './link';
export { maxScenarioText, parseScenario } from './parse';
export { printScenario } from './print';
export { scenarioJsonSchema, type Scenario } from './schema';
export { describeWorld, worldOf } from './world';
