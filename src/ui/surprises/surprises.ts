import index from '../../../static-surprises/index.json';
import { err, type Result } from '../../core/result';
import { parseScenario, type Scenario } from '../../core/scenario';

/** Something that Wassette does and that its readers do not expect. */
export interface Surprise {
	/** Short and stable, such as `S1`. */
	readonly id: string;
	/** Names its scenario, such as `port-in-host`. */
	readonly name: string;
	readonly about: string;
	readonly title: string;
	readonly expects: string;
	readonly happens: string;
	/** The first release it is true of. */
	readonly since: string;
	/** The first release it is no longer true of; null where there is none. */
	readonly fixed: string | null;
	/** What to write or do instead. */
	readonly instead: string;
	/** Whether there is a scenario that shows it. */
	readonly shown: boolean;
	/** The engine of the scenario. */
	readonly engine?: string;
	/** Whether `documented` decides otherwise than the release; where not, the surprise is not in a decision. */
	readonly differs?: boolean;
	/** Why there is no scenario. */
	readonly why?: string;
}

/** All surprises, in the order of their ids. */
export const surprises: readonly Surprise[] = index;

const scenarios = import.meta.glob<object>('../../../static-surprises/*.tapedeck.json', {
	import: 'default',
});

/** The names of the surprises that have a scenario. */
export const shownSurprises: readonly string[] = Object.keys(scenarios).map((path) =>
	path.replace(/^.*\/|\.tapedeck\.json$/g, ''),
);

/** The scenario that shows a surprise. The error says what failed. */
export async function surpriseScenario(name: string): Promise<Result<Scenario, string>> {
	const read = scenarios[`../../../static-surprises/${name}.tapedeck.json`];
	if (!read) return err(`No scenario shows ${name}.`);
	try {
		return parseScenario(await read());
	} catch {
		return err('The scenario could not be fetched. Check the connection and try again.');
	}
}
