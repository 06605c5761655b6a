import { sha256Hex } from '../../component/digest';
import { printScenario, type Scenario } from '../../core/scenario';

export { decodeLink, encodeLink } from '../../core/scenario';

/** Of a scenario's canonical text, SHA-256 in hex: the one that its card shows. */
export const digestOf = (scenario: Scenario): Promise<string> =>
	sha256Hex(new TextEncoder().encode(printScenario(scenario)));
