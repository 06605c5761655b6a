import { createOutlet } from '../core/outlet';
import { encodeLink } from '../core/scenario/link';
import type { Scenario } from '../core/scenario/schema';

/** What stands after `#` in a link to a scenario that comes from a file: it holds no value of a secret. */
export const scenarioLink = (scenario: Scenario): string => encodeLink(createOutlet([]).scenario(scenario));
