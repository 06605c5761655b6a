/** What reads scenarios, in one module for pages that fetch it when the first one comes. */
export { decodeLink } from './decode-link';
export { parseKept, parseScenario } from './parse';
