import { deflateSync, strToU8 } from 'fflate';
import { toBase64Url } from '../base64';
import type { Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';
import { printScenario } from './print';
import type { Scenario } from './schema';

const prefix = 'td1.';

/** What stands after `#` in a link to a scenario: `td1.` and the base64url of its deflated JSON. */
export function encodeLink(scenario: Outgoing<Scenario>): Outgoing<string> {
	return seal(prefix + toBase64Url(deflateSync(strToU8(printScenario(scenario)), { level: 9, mem: 12 })));
}
