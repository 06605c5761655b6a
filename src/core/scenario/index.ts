export {
	checkCall,
	observedActivity,
	type Difference,
	type Expectation,
	type ObservedCall,
	type SavedCall,
} from './check-call';
export { decodeLink, encodeLink, isLink } from './link';
export { parseScenario } from './parse';
export { printScenario } from './print';
export { compareObserved, expectationOf } from './record-call';
export { scenarioJsonSchema, type Scenario } from './schema';
export { describeWorld, worldOf } from './world';
